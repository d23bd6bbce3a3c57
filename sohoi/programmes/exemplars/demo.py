"""Demo exemplars: 104 models introduced and 310 exemplars publicised in Cà Mau in H1 2023."""

from datetime import date, timedelta
from typing import Any

from sohoi.programmes.exemplars import actions
from sohoi.programmes.exemplars.choices import Channel, Field, Kind, State

FIRST, LAST = date(2023, 1, 5), date(2023, 6, 28)
# province, models introduced, people publicised, collectives publicised
NUMBERS = (("96", 104, 214, 96), ("95", 57, 88, 41))
MODELS = {
    Field.ECONOMY: ("Tổ đan lát lục bình", "Nuôi cua trong hộp nhựa", "Trồng màu trên bờ vuông"),
    Field.FAMILY: ("Gia đình 5 không, 3 sạch", "Bữa cơm gia đình", "Cha mẹ cùng con học bài"),
    Field.SECURITY: ("Tổ phụ nữ tự quản an ninh", "Tiếng kẻng an ninh", "Ấp không ma tuý"),
    Field.ENVIRONMENT: ("Phân loại rác tại nhà", "Tuyến đường hoa", "Giỏ xách đi chợ"),
    Field.DIGITAL: ("Chợ không tiền mặt", "Tổ hướng dẫn dịch vụ công", "Nhóm Zalo chi hội"),
    Field.CHARITY: ("Hũ gạo tình thương", "Bếp ăn nghĩa tình", "Heo đất giúp bạn"),
    Field.LEARNING: ("Tủ sách chi hội", "Lớp bơi cho trẻ", "Tổ dinh dưỡng"),
}
OUTLETS = {
    Channel.NEWSPAPER: "Báo của tỉnh",
    Channel.RADIO_TV: "Đài của tỉnh",
    Channel.PORTAL: "Trang thông tin của Hội",
    Channel.FACEBOOK: "Trang Facebook của Hội",
    Channel.ZALO: "Trang Zalo của Hội",
}


def load_demo(stage: Any) -> None:
    """Through the room's own actions, so that every rule and the history hold for the demo too."""
    for code, models, people, collectives in NUMBERS:
        province = stage.enter(code)
        for place in stage.scatter(models, province.communes):
            found = _find(stage, province, place, Kind.MODEL)
            if stage.random.random() < 0.3:
                actions.take_step(
                    found,
                    step=State.REPLICATED,
                    on=found.introduced_on + timedelta(days=stage.random.randint(20, 150)),
                    replicated_to="Các chi hội trong xã",
                    by=stage.by,
                )
        for kind, number in ((Kind.PERSON, people), (Kind.COLLECTIVE, collectives)):
            for place in stage.scatter(number, province.communes):
                found = _find(stage, province, place, kind)
                _publish(stage, found)


def _find(stage: Any, province: Any, place: Any, kind: Kind) -> Any:
    """Found and introduced on days of the half-year, early enough to be publicised in it."""
    field = stage.random.choice(list(MODELS))
    introduced = stage.day(FIRST, LAST - timedelta(days=8))
    title = stage.random.choice(MODELS[field])
    if kind == Kind.PERSON:
        title = stage.woman()
    elif kind == Kind.COLLECTIVE:
        title = f"Tập thể “{title}”"
    found = actions.find_exemplar(
        unit=stage.hamlet(province, place),
        kind=kind,
        title=title,
        field=field,
        found_on=introduced - timedelta(days=stage.random.randint(3, 40)),
        consent_on=introduced if kind == Kind.PERSON else None,
        by=stage.by,
    )
    return actions.take_step(found, step=State.INTRODUCED, on=introduced, by=stage.by)


def _publish(stage: Any, found: Any) -> None:
    channels = stage.random.sample(list(OUTLETS), stage.random.choice((1, 1, 2)))
    for days, channel in enumerate(channels, start=1):
        actions.publish(
            found,
            channel=channel,
            outlet=OUTLETS[channel],
            published_on=found.introduced_on + timedelta(days=days),
            by=stage.by,
        )
