"""The list asks for what is in sight, has one cursor, and says what happens to it."""

from rich.cells import cell_len
from rich.style import Style
from textual import events
from textual.app import App

from reader.tui.rows import RowList


class Numbers:
    """A source that remembers which rows it was asked for."""

    def __init__(self, count, height=2, text="Row"):
        self.count, self.height, self.text = count, height, text
        self.asked = set()

    def __len__(self):
        return self.count

    def row(self, index):
        self.asked.add(index)
        return [[(f"{self.text} {index} ", "title"), ("found", "title match")], [("below it", "dim")]][: self.height]


class ListApp(App[None]):
    def __init__(self, **options):
        super().__init__()
        self.rows = RowList(**options)
        self.said = []

    def compose(self):
        yield self.rows

    def on_row_list_highlighted(self, message):
        assert message.control is self.rows
        self.said.append(("highlighted", message.index))

    def on_row_list_activated(self, message):
        self.said.append(("activated", message.index))


def screen(widget):
    return [widget.render_line(y).text for y in range(widget.size.height)]


def looks(widget, y):
    return [(segment.text, segment.style or Style()) for segment in widget.render_line(y)]


async def test_keys_move_the_cursor_and_only_rows_in_sight_are_asked_for():
    app = ListApp()
    async with app.run_test(size=(40, 20)) as pilot:
        source = Numbers(100_000)
        app.rows.set_source(source)
        await pilot.pause()
        assert screen(app.rows)[0].startswith("▌ Row 0 found")
        assert screen(app.rows)[1].startswith("▌ below it")
        assert screen(app.rows)[2].startswith("  Row 1 found")
        for key, cursor in [("j", 1), ("down", 2), ("k", 1), ("up", 0), ("up", 0), ("pagedown", 10), ("ctrl+d", 15), ("ctrl+u", 10)]:
            await pilot.press(key)
            assert app.rows.cursor == cursor, key
        await pilot.press("G")
        assert app.rows.cursor == 99_999
        assert screen(app.rows)[18].startswith("▌ Row 99999")
        await pilot.press("j", "pageup", "g")
        assert app.rows.cursor == 0
        await pilot.press("end", "home", "enter")
        assert app.said[-1] == ("activated", 0)
        assert ("highlighted", 1) in app.said
        assert len(source.asked) < 100


async def test_the_title_under_the_cursor_is_bold():
    app = ListApp()
    async with app.run_test(size=(40, 20)) as pilot:
        app.rows.set_source(Numbers(3))
        await pilot.pause()
        first, second = looks(app.rows, 0), looks(app.rows, 2)
        assert [style.bold for text, style in first if "Row" in text] == [True]
        assert [bool(style.bold) for text, style in second if "Row" in text] == [False]
        assert [style.underline for text, style in second if "found" in text] == [True]


async def test_right_to_left_words_are_put_in_order_for_a_terminal_that_does_not():
    app = ListApp()
    async with app.run_test(size=(40, 20)) as pilot:
        app.rows.set_source(Numbers(1, text="שביתה"))
        await pilot.pause()
        assert "שביתה" in screen(app.rows)[0]
        app.rows.reorder = True
        assert "התיבש" in screen(app.rows)[0]


async def test_mouse_click_selects_then_activates_and_the_wheel_scrolls():
    app = ListApp(gap=1)
    async with app.run_test(size=(40, 20)) as pilot:
        app.rows.set_source(Numbers(1000))
        await pilot.pause()
        await pilot.click(app.rows, offset=(5, 7))
        assert app.rows.cursor == 2
        assert app.said == [("highlighted", 2)]
        await pilot.click(app.rows, offset=(5, 6))
        assert app.said[-1] == ("activated", 2)
        await pilot._post_mouse_events([events.MouseScrollDown], app.rows, offset=(5, 5), button=0)
        await pilot.pause()
        assert screen(app.rows)[0].startswith("  Row 1 ")
        assert app.rows.cursor == 2


async def test_texts_are_cut_to_cells_and_made_safe():
    app = ListApp()
    async with app.run_test(size=(20, 10)) as pilot:
        app.rows.set_source(Numbers(5, text="港の組合は投票した\x1b[2J\u202e"))
        await pilot.pause()
        lines = screen(app.rows)
        assert all(cell_len(line) == 20 for line in lines)
        assert lines[0].rstrip().endswith("…")
        app.rows.set_source(Numbers(5, text="\x1b[2J\u202e"))
        await pilot.pause()
        assert "\x1b" not in screen(app.rows)[0]
        assert "\u202e" not in screen(app.rows)[0]


async def test_the_empty_list_says_so_and_leaves_enter_alone():
    app = ListApp()
    async with app.run_test(size=(40, 11)) as pilot:
        app.rows.show_message("Nothing found.\nEsc goes back")
        await pilot.pause()
        assert screen(app.rows)[4].strip() == "Nothing found."
        assert screen(app.rows)[5].strip() == "Esc goes back"
        await pilot.press("enter", "j", "G", "g", "pagedown")
        app.rows.set_source(Numbers(0))
        await pilot.press("enter", "j", "G", "g", "pagedown")
        assert app.said == []
        assert app.rows.cursor == 0
        assert not app.rows.check_action("activate", ())


async def test_rows_may_come_and_go():
    app = ListApp()
    async with app.run_test(size=(40, 20)) as pilot:
        source = Numbers(50)
        app.rows.set_source(source, cursor=45)
        await pilot.pause()
        assert app.rows.cursor == 45
        assert any(line.startswith("▌ Row 45") for line in screen(app.rows))
        source.count, source.text = 3, "New"
        app.rows.refresh_rows()
        await pilot.pause()
        assert app.rows.cursor == 2
        assert screen(app.rows)[4].startswith("▌ New 2")
        await pilot.resize_terminal(40, 3)
        await pilot.pause()
        assert screen(app.rows)[0].startswith("▌ New 2")
        app.rows.cursor = 0
        await pilot.pause()
        assert app.said == [("highlighted", 0)]
