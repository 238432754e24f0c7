"""What editors get from the platform that hosts the repository: what a change holds, a comment on it, forms, upkeep.

What comes in here was made by strangers, and more than once by way of a file that only looks like one of ours. It is read
with the same reader as every entry, bounded, and nothing of it is ever run or put into a command.
"""
