"""Optional outside services and models behind small protocols: which are configured, and how they are asked.

Nothing here is needed for a film. Without a setting there is no provider, and what needs one says which setting.
"""
