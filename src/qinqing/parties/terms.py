"""The vocabulary of people, units and enterprises."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from qinqing.base import Role


class DivisionLevel(TextChoices):
    """Levels of GB/T 2260 and of the statistics bureau's codes below it; a zone has a code of its own."""

    PROVINCE = "province", _("省")
    CITY = "city", _("市")
    COUNTY = "county", _("县（市、区）")
    ZONE = "zone", _("功能区")
    STREET = "street", _("街道")
    TOWN = "town", _("镇")
    TOWNSHIP = "township", _("乡")


class UnitKind(TextChoices):
    GOVERNMENT = "government", _("人民政府")
    OFFICE = "office", _("牵头统筹办公室")
    DEPARTMENT = "department", _("市级部门")
    CENTRAL = "central", _("中央、省垂直管理单位")
    PARTY = "party", _("党委、群团部门")
    COURT = "court", _("法院、检察院")
    UTILITY = "utility", _("公用企业")
    COUNTY = "county", _("县（市、区）")
    COUNTY_OFFICE = "county_office", _("县区营商环境办")
    COUNTY_UNIT = "county_unit", _("县区部门")
    ZONE = "zone", _("功能区")
    SECTION = "section", _("科室")
    BANK = "bank", _("金融机构")
    CHAMBER = "chamber", _("商会协会")
    EVALUATOR = "evaluator", _("第三方评估机构")


class EnterpriseKind(TextChoices):
    COMPANY = "company", _("企业")
    SOLE_TRADER = "sole_trader", _("个体工商户")
    COOPERATIVE = "cooperative", _("农民专业合作社")
    FARM = "farm", _("家庭农场、种养大户")
    OTHER = "other", _("其他组织")


class SizeClass(TextChoices):
    """统计上大中小微型企业划分办法（2017）; the last two are answers, not classes."""

    LARGE = "large", _("大型")
    MEDIUM = "medium", _("中型")
    SMALL = "small", _("小型")
    MICRO = "micro", _("微型")
    NOT_APPLICABLE = "not_applicable", _("不适用")
    UNKNOWN = "unknown", _("资料不足")


class Part(TextChoices):
    """AB 角: the A person holds the post, the B person stands in."""

    A = "A", _("A 角")
    B = "B", _("B 角")


class MandateKind(TextChoices):
    LEGAL_REPRESENTATIVE = "legal_representative", _("法定代表人")
    AUTHORISED = "authorised", _("授权经办人")


class PermittedUse(TextChoices):
    """What a fact about an enterprise may be used for."""

    PUBLIC = "public", _("可公开")
    SERVICE = "service", _("办理本企业事项")
    MATCHING = "matching", _("政策匹配")
    STATISTICS_ONLY = "statistics_only", _("仅用于统计")


class NotifyBy(TextChoices):
    SMS = "sms", _("短信")
    EMAIL = "email", _("电子邮件")
    INBOX = "inbox", _("只在站内提醒")


ERASED_NAME = _("已依法删除")
SIZE_CLASS = "size_class"  # the fact that says which class held on a day

ROLE_ICONS = {
    Role.ENTERPRISE: "building-factory-2",
    Role.LIAISON: "inbox",
    Role.HANDLER: "building-bank",
    Role.UNIT_LEADER: "user-star",
    Role.ENVIRONMENT_OFFICE: "adjustments-search",
    Role.PRIVATE_ECONOMY_OFFICE: "building-store",
    Role.EFFICIENCY_OFFICE: "gauge",
    Role.CITY_GOVERNMENT_OFFICE: "building-monument",
    Role.COUNTY_OFFICE: "map-pin",
    Role.COUNTY_LEADER: "chart-bar",
    Role.CITY_LEADER: "chart-line",
    Role.HOTLINE_OPERATOR: "headset",
    Role.CHAMBER: "users-group",
    Role.EVALUATOR: "zoom-check",
    Role.SYSTEM_ADMIN: "settings",
    Role.SECURITY_ADMIN: "shield-lock",
    Role.AUDIT_ADMIN: "file-search",
}


class Scope(TextChoices):
    """What a program may do; each route asks for one."""

    SUBMIT = "submit", _("提交困难问题")
    READ = "read", _("查看事项")


VERBS = {
    "token.issued": _("发放接口令牌"),
    "token.revoked": _("收回接口令牌"),
    "account.created": _("建立账号"),
    "account.changed": _("修改账号资料"),
    "account.password_issued": _("重发初始密码"),
    "account.password_changed": _("修改密码"),
    "account.locked": _("停用账号"),
    "account.unlocked": _("恢复账号"),
    "account.signed_in": _("登录"),
    "account.signed_out": _("退出"),
    "account.sign_in_failed": _("登录失败"),
    "account.locked_out": _("登录失败过多，暂停登录"),
    "account.factor_added": _("启用第二步验证"),
    "account.factor_removed": _("停用第二步验证"),
    "account.role_chosen": _("选择办事身份"),
    "person.erased": _("依法删除个人信息"),
    "post.filled": _("任职"),
    "post.ended": _("离任"),
    "mandate.granted": _("授权代表企业办事"),
    "mandate.ended": _("终止授权"),
    "contact.revealed": _("查看联系方式"),
    "division.imported": _("导入行政区划"),
    "unit.created": _("设立单位"),
    "unit.renamed": _("单位更名"),
    "unit.moved": _("单位调整隶属"),
    "unit.merged": _("单位合并"),
    "unit.phone_changed": _("修改单位电话"),
    "city.described": _("登记城市资料"),
    "enterprise.registered": _("登记企业"),
    "enterprise.renamed": _("企业更名"),
    "enterprise.moved": _("企业迁移"),
    "enterprise.imported": _("导入企业名录"),
    "fact.recorded": _("登记企业事实"),
    "fact.imported": _("导入企业事实"),
}
