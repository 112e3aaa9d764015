# What there is to do; each line is a plain command.
build:
    cargo run --release -- build input/fintech-innovators.yaml
test:
    cargo test
lint:
    cargo clippy --all-targets -- --deny warnings
format:
    cargo fmt
clients:
    tests/clients/run
bench:
    cargo bench --bench stages
whole:
    python3 benches/whole.py
    python3 benches/watch.py
schema:
    cargo run --quiet -- schema > templates/dossier.schema.json
ci:
    bash .ci/run
