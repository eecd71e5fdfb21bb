"""The dialog of keyboard shortcuts: lists and searches all commands and changes their keys."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QFont, QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QHeaderView,
    QKeySequenceEdit,
    QLabel,
    QLineEdit,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from mideditor.ui.commands.commands import COMMANDS, MENU_OF
from mideditor.ui.commands.keys import (
    Keys,
    keys_in_use,
    native,
    owner_of,
    refusal,
    reset,
    with_key,
    without_keys,
)
from mideditor.ui.kit.fuzzy import WORST, rank
from mideditor.ui.look.text_size import scaled

_KEYS_IN_FIELDS = (
    "In a field: Esc forgets what was typed, Tab or Enter commits it. In a side: Del removes, "
    "Alt+Up and Alt+Down order, Alt+Left and Alt+Right move across."
)
_CHANGED = "changed"
_NAME = Qt.ItemDataRole.UserRole


class ShortcutsDialog(QDialog):
    """Shows and changes keys; ``on_change`` gets all changed keys after each change."""

    def __init__(self, parent: QWidget, changed: Keys, on_change: Callable[[Keys], object]) -> None:
        super().__init__(parent)
        self.setWindowTitle("Keyboard shortcuts")
        self.changed = changed
        self._on_change = on_change
        self._pending_key = ""
        self.search = QLineEdit()
        self.search.setObjectName("shortcutSearch")
        self.search.setAccessibleName("Find a command by its name or key")
        self.search.setPlaceholderText("Find a command by its name or key")
        self.search.setClearButtonEnabled(True)
        self.tree = CommandTree()
        self.menus: dict[str, QTreeWidgetItem] = {}
        self.items = self._fill()
        self.label = QLabel()
        self.label.setProperty("role", "label")
        self.key = KeyEdit()
        self.keep = QCheckBox("&Keep the keys it has")
        self.message = QLabel()
        self.message.setObjectName("shortcutTold")
        self.message.setTextFormat(Qt.TextFormat.PlainText)
        self.message.setWordWrap(True)
        self.reassign = QPushButton("&Take it from there")
        self.no_key = QPushButton("&No key")
        self.reset_one = QPushButton("&Reset this one")
        self.reset_all = QPushButton("Reset &all")
        self.close_button = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        self._assemble()
        self._connect()
        self._show_keys()
        self._select_best_match()
        self.search.setFocus()
        self.resize(scaled(680), min(scaled(640), parent.height()))

    @property
    def selected(self) -> str:
        """The name of the selected command; '' if a menu title is selected."""
        item = self.tree.currentItem()
        return "" if item is None else str(item.data(0, _NAME) or "")

    def filter(self, typed: str) -> None:
        """Show only commands with all typed words in their title, menu or keys."""
        words = typed.casefold().split()
        for name, item in self.items.items():
            text = " ".join((COMMANDS[name].label, MENU_OF[name], item.text(1))).casefold()
            item.setHidden(not all(word in text for word in words))
        shown = {MENU_OF[name] for name, item in self.items.items() if not item.isHidden()}
        for title, menu in self.menus.items():
            menu.setHidden(title not in shown)
        self._select_best_match()

    def assign_key(self) -> None:
        """Assign the pressed key to the selected command, or offer to if another command has it."""
        name, key = self.selected, self.key.pressed()
        if not name or not key:
            return
        why_not, owner = refusal(key), owner_of(key, self.changed)
        self._offer_to_reassign("")
        if why_not:
            self._show_message(why_not)
        elif owner is not None and owner != name:
            self._offer_to_reassign(key)
            self._show_message(f"{native(key)} is the key of “{COMMANDS[owner].label}”.")
        else:
            self._assign(key)

    def reset_selected(self) -> None:
        """Reset the selected command to its default keys."""
        name = self.selected
        if name:
            self._change(reset(self.changed, name))
            keys = f"“{COMMANDS[name].label}” {self._describe_keys(name)}."
            self._show_message(keys + self._describe_taken_keys(name))

    def reset_to_defaults(self) -> None:
        """Reset all commands to their default keys."""
        self._change({})
        self._show_message("Every command has its first keys again.")

    def remove_keys(self) -> None:
        """Remove all keys of the selected command."""
        if self.selected:
            self._change(without_keys(self.changed, self.selected))
            self._show_message(
                f"“{COMMANDS[self.selected].label}” has no key now; it stays in its menu."
            )

    def _fill(self) -> dict[str, QTreeWidgetItem]:
        items: dict[str, QTreeWidgetItem] = {}
        for name, command in COMMANDS.items():
            title = MENU_OF[name]
            if title not in self.menus:
                self.menus[title] = QTreeWidgetItem(self.tree, [title])
                self.menus[title].setFlags(Qt.ItemFlag.ItemIsEnabled)
                self.menus[title].setFirstColumnSpanned(True)
                self.menus[title].setFont(0, self._bold())
            items[name] = QTreeWidgetItem(self.menus[title], [command.label])
            items[name].setData(0, _NAME, name)
        self.tree.expandAll()
        return items

    def _bold(self) -> QFont:
        font = QFont(self.font())
        font.setWeight(QFont.Weight.DemiBold)
        return font

    def _assemble(self) -> None:
        note = QLabel(_KEYS_IN_FIELDS)
        note.setWordWrap(True)
        note.setProperty("role", "quiet")
        key_row = QHBoxLayout()
        key_row.setSpacing(8)
        key_row.addWidget(self.key, 1)
        key_row.addWidget(self.keep)
        key_row.addWidget(self.reassign)
        button_row = QHBoxLayout()
        button_row.setSpacing(8)
        for button in (self.no_key, self.reset_one, self.reset_all):
            button_row.addWidget(button)
        button_row.addStretch()
        button_row.addWidget(self.close_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 16, 20, 14)
        layout.setSpacing(10)
        layout.addWidget(self.search)
        layout.addWidget(self.tree, 1)
        layout.addWidget(self.label)
        layout.addLayout(key_row)
        layout.addWidget(self.message)
        layout.addWidget(note)
        layout.addLayout(button_row)
        for push in self.findChildren(QPushButton):
            push.setAutoDefault(False)
        self.reassign.hide()
        self.label.setBuddy(self.key)

    def _connect(self) -> None:
        self.search.textChanged.connect(self.filter)
        self.search.returnPressed.connect(self.tree.setFocus)
        self.tree.currentItemChanged.connect(self._show_selected)
        self.tree.itemActivated.connect(lambda *_: self.key.setFocus())
        self.key.editingFinished.connect(self.assign_key)
        self.key.dismissed.connect(self.tree.setFocus)
        self.reassign.clicked.connect(lambda: self._assign(self._pending_key))
        self.no_key.clicked.connect(self.remove_keys)
        self.reset_one.clicked.connect(self.reset_selected)
        self.reset_all.clicked.connect(self.reset_to_defaults)
        self.close_button.rejected.connect(self.reject)

    def _assign(self, key: str) -> None:
        name = self.selected
        self._change(with_key(self.changed, name, key, keep=self.keep.isChecked()))
        self._show_message(f"“{COMMANDS[name].label}” {self._describe_keys(name)}.")

    def _change(self, changed: Keys) -> None:
        self.changed = changed
        self._offer_to_reassign("")
        self._show_keys()
        self._show_selected()
        self._on_change(changed)

    def _show_keys(self) -> None:
        for name, keys in keys_in_use(self.changed).items():
            item = self.items[name]
            item.setText(1, "  ".join(map(native, keys)))
            item.setText(2, _CHANGED if name in self.changed else "")
            keys_text = item.text(1) or "no key"
            item.setData(0, Qt.ItemDataRole.AccessibleTextRole, f"{item.text(0)}, {keys_text}")

    def _show_selected(self) -> None:
        name = self.selected
        self._offer_to_reassign("")
        self.message.clear()
        self.key.clear()
        title = COMMANDS[name].label if name else ""
        self.label.setText(f"New key for “{title}”" if name else "Choose a command.")
        self.key.setAccessibleName(f"New key for {title}" if name else "New key")
        for widget in (self.key, self.keep, self.no_key):
            widget.setEnabled(bool(name))
        self.reset_one.setEnabled(name in self.changed)
        self.reset_all.setEnabled(bool(self.changed))

    def _select_best_match(self) -> None:
        """Select the command whose title matches the typed text best."""
        typed = self.search.text()
        shown = [name for name, item in self.items.items() if not item.isHidden()]
        if shown:
            fits = {name: rank(typed, COMMANDS[name].label) or WORST for name in shown}
            best = min(shown, key=lambda name: fits[name][:2])
            self.tree.setCurrentItem(self.items[best])
        else:
            self.tree.setCurrentIndex(QModelIndex())

    def _offer_to_reassign(self, key: str) -> None:
        self._pending_key = key
        self.reassign.setVisible(bool(key))

    def _show_message(self, text: str) -> None:
        self.message.setText(text)

    def _describe_keys(self, name: str) -> str:
        keys = keys_in_use(self.changed)[name]
        return f"has {' and '.join(map(native, keys))} now" if keys else "has no key now"

    def _describe_taken_keys(self, name: str) -> str:
        """Which other commands have keys that belong to a command by default."""
        owners = {key: owner_of(key, self.changed) for key in COMMANDS[name].keys}
        return "".join(
            f" {native(key)} stays with “{COMMANDS[owner].label}”."
            for key, owner in owners.items()
            if owner is not None and owner != name
        )


class CommandTree(QTreeWidget):
    """The commands with their keys, grouped by menu."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("shortcuts")
        self.setAccessibleName("Commands and their keys")
        self.setHeaderLabels(["Command", "Keys", ""])
        self.setRootIsDecorated(False)
        self.setItemsExpandable(False)
        self.setUniformRowHeights(True)
        self.setTabKeyNavigation(False)
        columns = self.header()
        columns.setStretchLastSection(False)
        columns.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        for column in (1, 2):
            columns.setSectionResizeMode(column, QHeaderView.ResizeMode.ResizeToContents)


class KeyEdit(QKeySequenceEdit):
    """Records a key press. Tab moves the focus on; Esc emits `dismissed`."""

    dismissed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setMaximumSequenceLength(1)
        self.setObjectName("newKey")

    def pressed(self) -> str:
        """The pressed key in portable notation; '' if there is none yet."""
        return self.keySequence().toString(QKeySequence.SequenceFormat.PortableText)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and not event.modifiers():
            self.dismissed.emit()
        else:
            super().keyPressEvent(event)
