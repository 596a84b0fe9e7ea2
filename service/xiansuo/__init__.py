"""xiansuo 线索: topics, duplicates and writing prompts for 反映社情民意信息 work.

Importing the package is cheap: neither torch nor faiss is loaded until an encoder or an index is used.
"""

__version__ = "0.1.0"
