"""The addendum: rendered, signed, sealed, kept provable. Everything heavy (pyHanko, typst) is imported where it is used."""
