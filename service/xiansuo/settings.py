"""What can be set, each with its default: environment variables `XIANSUO_*`, read once and passed along."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from platformdirs import user_data_path
from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

DEFAULT_ENCODER = "static-zh"


class Settings(BaseSettings):
    """Settings of one home; two homes never share anything."""

    model_config = SettingsConfigDict(env_prefix="XIANSUO_", frozen=True, extra="ignore")

    home: Path = Field(
        default_factory=lambda: user_data_path("xiansuo", appauthor=False),
        description="数据目录：数据库、索引、模型都在这里",
    )
    database: str = Field(default="", description="数据库地址；留空时用数据目录里的 SQLite")
    encoder: str = Field(
        default="", description="编码器：名称或 sentence-transformers 文件夹；留空时用数据库里记下的一个"
    )
    lexicon: Path | None = Field(default=None, description="本单位自己的词表（jieba 用户词典格式）")

    jobs: Literal["inside", "outside"] = Field(
        default="inside", description="任务在哪里做：inside 在网页服务里，outside 由另外启动的 xiansuo jobs work 做"
    )
    topic_runs: int = Field(default=24, ge=2, description="保留最近多少次热点计算的材料清单；更早的只留变化记录")
    names: tuple[str, ...] = Field(default=(), description="网页可以用哪些主机名访问；本机地址总是可以")
    requests_a_minute: int = Field(default=600, ge=10, description="每个账号一分钟最多几次请求")
    oidc_issuer: str = Field(default="", description="本单位统一认证（OpenID Connect）的地址；留空就没有这种登录")
    oidc_client: str = Field(default="", description="在统一认证登记的客户端编号")
    oidc_secret: SecretStr = Field(default=SecretStr(""), description="在统一认证登记的客户端密钥")
    oidc_login_claim: str = Field(default="preferred_username", description="ID 令牌里的哪一项是登录名")
    oidc_name: str = Field(default="统一认证", description="登录页上那个按钮的名称")
    largest_upload: int = Field(default=64, ge=1, description="一次上传最多几兆（MB）")

    @property
    def database_url(self) -> str:
        """The database's address; the SQLite file of the home unless another is set."""
        return self.database or f"sqlite:///{(self.home / 'xiansuo.db').as_posix()}"
