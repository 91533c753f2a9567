"""Text as people write it: decoding, cleaning, sentences, quotations, language."""

from warledger.text.decode import Decoded, decode, encoding_of, trial_text
from warledger.text.language import identify
from warledger.text.normalise import normalise
from warledger.text.quotations import quoted
from warledger.text.sentences import split

__all__ = ["Decoded", "decode", "encoding_of", "identify", "normalise", "quoted", "split", "trial_text"]
