"""The command line. Commands are loaded when they are called, so that `warledger --help` is quick."""
