"""What is measured, and what ships after training: run each as ``python -m benchmarks.<name>`` from the checkout."""
