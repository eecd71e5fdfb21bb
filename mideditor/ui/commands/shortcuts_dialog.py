"""The sheet of shortcuts: every command by its menu, found by typing, each key to be changed."""

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
    """Shows and changes keys; ``take`` is given what is changed, at once after each change."""

    def __init__(self, parent: QWidget, changed: Keys, take: Callable[[Keys], object]) -> None:
        super().__init__(parent)
        self.setWindowTitle("Keyboard shortcuts")
        self.changed = changed
        self._take = take
        self._wanted = ""
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
        self.told = QLabel()
        self.told.setObjectName("shortcutTold")
        self.told.setTextFormat(Qt.TextFormat.PlainText)
        self.told.setWordWrap(True)
        self.take_away = QPushButton("&Take it from there")
        self.no_key = QPushButton("&No key")
        self.reset_one = QPushButton("&Reset this one")
        self.reset_all = QPushButton("Reset &all")
        self.close_button = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        self._assemble()
        self._connect()
        self._show_keys()
        self._choose_best()
        self.search.setFocus()
        self.resize(scaled(680), min(scaled(640), parent.height()))

    @property
    def chosen(self) -> str:
        """The name of the chosen command; '' on the name of a menu."""
        item = self.tree.currentItem()
        return "" if item is None else str(item.data(0, _NAME) or "")

    def narrow(self, typed: str) -> None:
        """Show only commands that have all the words in title, menu or keys."""
        words = typed.casefold().split()
        for name, item in self.items.items():
            text = " ".join((COMMANDS[name].words, MENU_OF[name], item.text(1))).casefold()
            item.setHidden(not all(word in text for word in words))
        shown = {MENU_OF[name] for name, item in self.items.items() if not item.isHidden()}
        for title, menu in self.menus.items():
            menu.setHidden(title not in shown)
        self._choose_best()

    def give(self) -> None:
        """Give the chosen command the key that was pressed, unless another has it."""
        name, key = self.chosen, self.key.pressed()
        if not name or not key:
            return
        why_not, owner = refusal(key), owner_of(key, self.changed)
        self._offer_to_take("")
        if why_not:
            self._say(why_not)
        elif owner is not None and owner != name:
            self._offer_to_take(key)
            self._say(f"{native(key)} is the key of “{COMMANDS[owner].words}”.")
        else:
            self._give(key)

    def reset_chosen(self) -> None:
        """Give the chosen command its default keys again."""
        name = self.chosen
        if name:
            self._change(reset(self.changed, name))
            self._say(f"“{COMMANDS[name].words}” {self._has(name)}.{self._elsewhere(name)}")

    def reset_every(self) -> None:
        """Give every command its default keys again."""
        self._change({})
        self._say("Every command has its first keys again.")

    def take_keys_away(self) -> None:
        """Leave the chosen command without a key."""
        if self.chosen:
            self._change(without_keys(self.changed, self.chosen))
            self._say(f"“{COMMANDS[self.chosen].words}” has no key now; it stays in its menu.")

    def _fill(self) -> dict[str, QTreeWidgetItem]:
        items: dict[str, QTreeWidgetItem] = {}
        for name, command in COMMANDS.items():
            title = MENU_OF[name]
            if title not in self.menus:
                self.menus[title] = QTreeWidgetItem(self.tree, [title])
                self.menus[title].setFlags(Qt.ItemFlag.ItemIsEnabled)
                self.menus[title].setFirstColumnSpanned(True)
                self.menus[title].setFont(0, self._bold())
            items[name] = QTreeWidgetItem(self.menus[title], [command.words])
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
        giving = QHBoxLayout()
        giving.setSpacing(8)
        giving.addWidget(self.key, 1)
        giving.addWidget(self.keep)
        giving.addWidget(self.take_away)
        below = QHBoxLayout()
        below.setSpacing(8)
        for button in (self.no_key, self.reset_one, self.reset_all):
            below.addWidget(button)
        below.addStretch()
        below.addWidget(self.close_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 16, 20, 14)
        layout.setSpacing(10)
        layout.addWidget(self.search)
        layout.addWidget(self.tree, 1)
        layout.addWidget(self.label)
        layout.addLayout(giving)
        layout.addWidget(self.told)
        layout.addWidget(note)
        layout.addLayout(below)
        for push in self.findChildren(QPushButton):
            push.setAutoDefault(False)
        self.take_away.hide()
        self.label.setBuddy(self.key)

    def _connect(self) -> None:
        self.search.textChanged.connect(self.narrow)
        self.search.returnPressed.connect(self.tree.setFocus)
        self.tree.currentItemChanged.connect(self._show_chosen)
        self.tree.itemActivated.connect(lambda *_: self.key.setFocus())
        self.key.editingFinished.connect(self.give)
        self.key.dismissed.connect(self.tree.setFocus)
        self.take_away.clicked.connect(lambda: self._give(self._wanted))
        self.no_key.clicked.connect(self.take_keys_away)
        self.reset_one.clicked.connect(self.reset_chosen)
        self.reset_all.clicked.connect(self.reset_every)
        self.close_button.rejected.connect(self.reject)

    def _give(self, key: str) -> None:
        name = self.chosen
        self._change(with_key(self.changed, name, key, keep=self.keep.isChecked()))
        self._say(f"“{COMMANDS[name].words}” {self._has(name)}.")

    def _change(self, changed: Keys) -> None:
        self.changed = changed
        self._offer_to_take("")
        self._show_keys()
        self._show_chosen()
        self._take(changed)

    def _show_keys(self) -> None:
        for name, keys in keys_in_use(self.changed).items():
            item = self.items[name]
            item.setText(1, "  ".join(map(native, keys)))
            item.setText(2, _CHANGED if name in self.changed else "")
            told = item.text(1) or "no key"
            item.setData(0, Qt.ItemDataRole.AccessibleTextRole, f"{item.text(0)}, {told}")

    def _show_chosen(self) -> None:
        name = self.chosen
        self._offer_to_take("")
        self.told.clear()
        self.key.clear()
        title = COMMANDS[name].words if name else ""
        self.label.setText(f"New key for “{title}”" if name else "Choose a command.")
        self.key.setAccessibleName(f"New key for {title}" if name else "New key")
        for widget in (self.key, self.keep, self.no_key):
            widget.setEnabled(bool(name))
        self.reset_one.setEnabled(name in self.changed)
        self.reset_all.setEnabled(bool(self.changed))

    def _choose_best(self) -> None:
        """Choose the command whose title fits what was typed best."""
        typed = self.search.text()
        shown = [name for name, item in self.items.items() if not item.isHidden()]
        if shown:
            fits = {name: rank(typed, COMMANDS[name].words) or WORST for name in shown}
            best = min(shown, key=lambda name: fits[name][:2])
            self.tree.setCurrentItem(self.items[best])
        else:
            self.tree.setCurrentIndex(QModelIndex())

    def _offer_to_take(self, key: str) -> None:
        self._wanted = key
        self.take_away.setVisible(bool(key))

    def _say(self, text: str) -> None:
        self.told.setText(text)

    def _has(self, name: str) -> str:
        keys = keys_in_use(self.changed)[name]
        return f"has {' and '.join(map(native, keys))} now" if keys else "has no key now"

    def _elsewhere(self, name: str) -> str:
        """Who was given keys that the command has by default."""
        owners = {key: owner_of(key, self.changed) for key in COMMANDS[name].keys}
        return "".join(
            f" {native(key)} stays with “{COMMANDS[owner].words}”."
            for key, owner in owners.items()
            if owner is not None and owner != name
        )


class CommandTree(QTreeWidget):
    """The commands below the names of their menus, with their keys."""

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
    """Takes the key that is pressed in it. Tab goes on, Esc gives `dismissed`."""

    dismissed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setMaximumSequenceLength(1)
        self.setObjectName("newKey")

    def pressed(self) -> str:
        """The key, as it is kept; '' before one was pressed."""
        return self.keySequence().toString(QKeySequence.SequenceFormat.PortableText)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and not event.modifiers():
            self.dismissed.emit()
        else:
            super().keyPressEvent(event)
