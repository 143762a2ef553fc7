"""Joins the contexts on a page and into a program: settings, urls, role homes, the command, the demo.

Owns: what needs more than one context at once.
Offers: nothing; it is the top.
Leans on: every context's facade and web.
Never: holds a rule.
"""
