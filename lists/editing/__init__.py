"""The editor of a list, on the list's own page and in the question that the list answers.

The host of an editor asks for it by `editor` and renders `lists/editor.html`; what its forms post it hands to
`perform`, which answers or gives the editor back with what was wrong.
"""

from lists.editing.acting import perform
from lists.editing.showing import Editor, editor, facts_of

__all__ = ["Editor", "editor", "facts_of", "perform"]
