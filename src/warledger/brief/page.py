def html(b): return ""
