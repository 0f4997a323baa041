# Jalankan `make` untuk melihat daftar sasaran.

PYTHON ?= python3
VENV := .venv/bin/python
# Written last, so that an interrupted installation is done again.
INSTALLED := .venv/.terpasang

# Taken as they are, dollar signs too; empty counts as not set.
override PORT := $(value PORT)
override DEMO_PASSWORD := $(value DEMO_PASSWORD)
export PORT DEMO_PASSWORD

.DEFAULT_GOAL := help
.NOTPARALLEL:
.PHONY: help demo test lint lock bench screenshots clean always

help:
	@echo 'make demo    jalankan situs demo di http://127.0.0.1:8000/'
	@echo '             PORT=8080 memilih port, DEMO_PASSWORD=… menetapkan sandi'
	@echo 'make test    jalankan semua tes (ARGS="-k judul" memilih sebagian)'
	@echo 'make lint    periksa gaya kode, migrasi, dan setelan produksi'
	@echo 'make lock    tulis ulang requirements*.txt dari pyproject.toml'
	@echo 'make bench   ukur semua angka yang disebut README'
	@echo 'make screenshots   ambil gambar README dari demo yang sedang berjalan'
	@echo 'make clean   hapus basis data demo dan tes, .demo, dan berkas buatan lain'

# With `exec` make's own child is the program that gets its signals. It watches make
# ($$PPID) as well, so that nothing stays behind when make alone is killed.
demo: $(INSTALLED)
	@exec $(VENV) -m kpuweb.embedded demo --make $$PPID

test: $(INSTALLED)
	@exec $(VENV) -m pytest -n 4 --dist worksteal $(ARGS)

# The settings of a site in production, beside the private database: Django's checks
# ask its version.
lint: export SITE_ORIGIN := https://contoh.kpu.go.id
lint: export ALLOWED_HOSTS := contoh.kpu.go.id
lint: export EMAIL_URL := submission://surat.contoh.go.id
lint: $(INSTALLED)
	@$(VENV) -m ruff check .
	@$(VENV) -m ruff format --check .
	@SECRET_KEY="$$($(VENV) -c 'import secrets; print(secrets.token_urlsafe(50))')" && \
	export SECRET_KEY && \
	$(VENV) -m kpuweb.embedded run --for test -- \
		$(VENV) manage.py makemigrations --check --dry-run && \
	$(VENV) -m kpuweb.embedded run --for test -- \
		$(VENV) manage.py check --deploy --fail-level WARNING

COMPILE := $(VENV) -m piptools compile --quiet --strip-extras --generate-hashes \
	--no-emit-index-url --no-emit-find-links
lock: $(INSTALLED)
	@$(COMPILE) --output-file requirements.txt pyproject.toml
	@$(COMPILE) --extra dev --allow-unsafe -c requirements.txt \
		--output-file requirements-dev.txt pyproject.toml

bench: $(INSTALLED)
	@exec $(VENV) -m bench

screenshots: $(INSTALLED)
	@$(VENV) tools/screenshots.py

clean:
	@if [ -x $(VENV) ]; then $(VENV) -m kpuweb.embedded clean; fi
	@rm -rf .demo .staticfiles .hypothesis .pytest_cache .ruff_cache
	@find . -name .venv -prune -o -name __pycache__ -type d -exec rm -rf {} +

# A python that the environment was made from may be gone: then it is made again.
$(INSTALLED): requirements-dev.txt $(if $(wildcard $(VENV)),,always)
	@command -v $(PYTHON) >/dev/null || { \
		echo 'Python belum terpasang. Pasang Python 3.12 atau lebih baru' \
			'(Debian: paket python3 dan python3-venv).' >&2; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 12))' || { \
		echo "Perlu Python 3.12 atau lebih baru; $(PYTHON) adalah" \
			"$$($(PYTHON) --version 2>&1). Bila ada yang lain, sebutkan, misalnya:" \
			'make demo PYTHON=python3.13' >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { \
		echo 'Modul venv belum terpasang. Pasang paket Debian python3-venv:' \
			'apt install python3-venv' >&2; exit 1; }
	@echo 'Memasang paket ke .venv …'
	@[ -x $(VENV) ] && [ -e $@ ] || $(PYTHON) -m venv --clear .venv
	@rm -f $@
	@$(VENV) -m pip install --quiet --quiet --disable-pip-version-check \
		--require-hashes -r requirements-dev.txt
	@touch $@
