"""Samples that the tests of readers share."""

from __future__ import annotations

from collections.abc import Callable

from warledger.core import Document, Issue

Items = Callable[..., tuple[list[Document], list[Issue]]]

PARAGRAPHS = (
    "Shells fell on the market of Azaz on Thursday morning, when the stalls had just been opened. Two died, the mayor said.",
    "The mayor, who gave his name as Rami, told reporters that the shells had come from the hills to the south of the town.",
    "A spokesman of the army denied that its batteries had fired at the town, and said that there was no such order.",
    "Four of the wounded were taken across the border, where a doctor at the hospital of Kilis said one of them was in danger.",
)
PAGE = f"""<!DOCTYPE html>
<html lang="en"><head><title>Two die as shells hit Azaz market | Example Wire</title>
<link rel="canonical" href="https://wire.example/2024/12/azaz?a=1&amp;b=2">
<meta property="og:site_name" content="Example Wire"><meta property="og:title" content="Two die as shells hit Azaz market">
<meta name="author" content="Jana Doe"><meta property="article:published_time" content="2024-12-05T09:30:00+02:00">
<style>.x {{ color: red }}</style><script>document.write("Nine hundred were killed by the script.");</script></head>
<body><nav><ul><li><a href="/">Home</a></li>
<li><a href="/war">War</a></li><li><a href="/sport">Sport results</a></li></ul></nav>
<article><h1>Two die as shells hit Azaz market</h1>
<p>{PARAGRAPHS[0]}</p><figure><img src="a.jpg" alt="stalls">
<figcaption>Stalls burn in another town, in a picture of 2013.</figcaption></figure><p>{PARAGRAPHS[1]}</p>
<script>var killed = "Five hundred were killed in a script";</script><p>{PARAGRAPHS[2]}</p>
<p>{PARAGRAPHS[3]}</p></article>
<aside class="related"><h2>Related</h2><ul><li><a href="/1">Rebels take a bridge in the east</a></li>
<li><a href="/2">Fifty die in a flood far away</a></li></ul></aside>
<footer><p>Copyright 2019 Example Wire. All rights reserved.</p></footer></body></html>"""
