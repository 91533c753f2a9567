"""Names and words: armed and political actors, states, sources, cue words and number words, as data files with their rules.

`actors` finds an actor by name; `generic` reads phrases that name nobody ("Syrian rebels"); `naming` puts the two together;
`sides` says who stands with whom in a war; `nations`, `offices`, `sources`, `cues` and `numbers` are the tables beside them.
All of it is on the public record and none of it is learned.
"""
