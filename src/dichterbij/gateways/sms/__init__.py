"""Text messages: by whichever provider the operator names, or into files in the demonstration."""

from dichterbij.gateways.sms.files import TextFiles
from dichterbij.gateways.sms.provider import HttpProvider
from dichterbij.gateways.sms.settings import SETTING, SmsSettings, read_sms
from dichterbij.gateways.sms.way import Texting, can_text, texting

__all__ = ["SETTING", "HttpProvider", "SmsSettings", "TextFiles", "Texting", "can_text", "read_sms", "texting"]
