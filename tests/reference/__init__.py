"""The bridge a second time: slow, plain, written from the contract's text alone; it imports nothing of the product.

The quoted comments are sentences of the contract. Product and reference share data files, never code.
"""
