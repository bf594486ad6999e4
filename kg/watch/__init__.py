"""Standing searches: queries asked again and again, each from the day up to which it was answered.

In: a file beside the store. Out: papers in the store, and for each search which were new.
"""
