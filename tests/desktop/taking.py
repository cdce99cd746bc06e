"""An intake without its window: cards that were made up, and what an officer does with them."""

from counter_app.domain.id_card import parse_id_card

CARD = (
    "001190012345||Nguyễn Thị Thử|15031990|Nữ|"
    "Số 12 ngõ 34 phố Thử Nghiệm, Phường Phú Xuân, Thành phố Huế|01062021"
)
OTHER_CARD = "001090000001||Trần Văn Mẫu|02011990|Nam|Số 1 phố Mẫu, Phường Phú Xuân|01062021"


class RecordingView:
    """Notes what it is shown, and where the cursor is put."""

    def __init__(self):
        self.states = []
        self.focused = []

    def show_state(self, state):
        self.states.append(state)

    def focus_on(self, path):
        self.focused.append(path)

    @property
    def state(self):
        return self.states[-1]


def scan(presenter, card=CARD):
    presenter.begin(card=parse_id_card(card))


def choose(presenter, typed):
    presenter.find(typed)
    presenter.take()


def fill(presenter, *, procedure="dks", card=CARD):
    scan(presenter, card)
    choose(presenter, procedure)
    presenter.tick_required()


def fields_of(state):
    return [problem.field for problem in state.problems]
