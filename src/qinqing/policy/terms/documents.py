"""The vocabulary of policies: standing, classes of benefit, gates before publishing, channels (M3-012, M3-027, M3-031)."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

NUMBER_LENGTH, DOCUMENT_NUMBER_LENGTH, TITLE_LENGTH, SUMMARY_LENGTH = 24, 60, 120, 300
CLAUSE_NUMBER_LENGTH, TEXT_LENGTH, SHORT_LENGTH = 20, 3000, 200
TAKEN_NUMBERS = frozenset({"import", "items", "mine", "new"})  # they stand in addresses already
ORIGINAL_KINDS = frozenset({"pdf", "ofd", "docx", "doc"})  # what an official text is issued as; pictures and tables are none
LANGUAGE_VERSION = 1  # of the rule language a rule is written in
LIST_LIMIT = "7wd"  # from issue to the list of benefits, the manual and the guide (川办函〔2024〕17号)


class Level(TextChoices):
    """Who made it."""

    NATIONAL = "national", _("国家")
    PROVINCE = "province", _("省级")
    CITY = "city", _("市级")
    COUNTY = "county", _("县区级")


class Status(TextChoices):
    """What somebody decided; what the calendar decides is `Standing`."""

    DRAFT = "draft", _("起草中")
    PUBLISHED = "published", _("已发布")
    REPEALED = "repealed", _("已废止")


class Standing(TextChoices):
    """What a policy is worth on a day."""

    DRAFT = "draft", _("起草中")
    UPCOMING = "upcoming", _("尚未施行")
    IN_FORCE = "in_force", _("有效")
    EXPIRED = "expired", _("已到期")
    REPEALED = "repealed", _("已废止")


class BenefitClass(TextChoices):
    """The four classes of the province's list (川办函〔2024〕17号)."""

    RELIEF = "relief", _("减免")
    GRANT = "grant", _("奖补")
    RIGHT = "right", _("权益")
    QUALIFICATION = "qualification", _("资质")


class Mode(TextChoices):
    """How it reaches the enterprise; without application is the rule (M3-031)."""

    AUTOMATIC = "automatic", _("免申即享")
    FAST = "fast", _("快申快享")
    APPLICATION = "application", _("申报享受")


class Stacking(TextChoices):
    """What happens to benefits of one group: both are paid, only one, or the higher."""

    FREE = "free", _("可以叠加")
    EXCLUSIVE = "exclusive", _("不重复享受")
    HIGHEST = "highest", _("就高享受")


class Gate(TextChoices):
    """What must be reviewed before a policy is published."""

    FAIR_COMPETITION = "fair_competition", _("公平竞争审查")
    LEGALITY = "legality", _("合法性审核")


class Channel(TextChoices):
    WEB = "web", _("政务网站")
    HALL = "hall", _("政务大厅")
    WECHAT = "wechat", _("微信公众号")


class Piece(TextChoices):
    """What of a policy is made public; the last three within `LIST_LIMIT`."""

    TEXT = "text", _("政策原文")
    LIST = "list", _("事项清单")
    MANUAL = "manual", _("兑现工作手册")
    GUIDE = "guide", _("申兑指南")


OWED = (Piece.LIST, Piece.MANUAL, Piece.GUIDE)

VERBS = {
    "policy.registered": _("登记政策"),
    "policy.changed": _("修改政策"),
    "policy.published": _("发布政策"),
    "policy.repealed": _("废止政策"),
    "policy.withheld": _("依法不公开政策"),
    "policy.disclosed": _("恢复公开政策"),
    "policy.reviewed": _("登记审查"),
    "policy.demands_cited": _("登记回应的诉求"),
    "policy.original_attached": _("附上政策原文"),
    "policy.original_taken_off": _("撤下政策原文"),
    "policy.channel_recorded": _("登记公开渠道"),
    "policy.followed": _("关注政策"),
    "policy.unfollowed": _("取消关注政策"),
    "policy.imported": _("导入政策事项清单"),
    "clause.added": _("登记条款"),
    "clause.explained": _("写通俗解读"),
    "clause.approved": _("核定通俗解读"),
    "item.added": _("登记政策事项"),
    "item.changed": _("修改政策事项"),
    "consent.given": _("同意用于政策匹配"),
    "consent.withdrawn": _("收回用于政策匹配的同意"),
    "fact.declared": _("企业自报数据"),
    "correction.asked": _("企业提出数据有误"),
    "correction.decided": _("答复数据更正"),
    "comparison.asked": _("发起部门比对"),
    "comparison.answered": _("导入部门比对结果"),
    "rule.drafted": _("起草规则"),
    "rule.example_added": _("加规则例子"),
    "rule.example_removed": _("删规则例子"),
    "rule.adopted": _("规则定稿"),
    "match.renewed": _("重新匹配政策"),
}
