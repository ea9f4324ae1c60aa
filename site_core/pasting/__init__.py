"""What an editor pastes from another program, turned into blocks of ours.

Word, Outlook, Excel, LibreOffice, Google Docs and browsers put HTML on the clipboard, each in its own manner.
`cleaning` takes away what must not come along, `reading` makes of the rest a row of headings, lines, list items and
tables, and `results` makes blocks of them and says what happened.
"""
