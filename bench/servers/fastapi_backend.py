"""The same backend as OpenBB's examples write it: CORS, plain functions, widgets.json read at each call."""

import json
import os
from pathlib import Path

from fastapi import FastAPI
from fastapi.middleware.cors import CORSMiddleware
from fastapi.responses import JSONResponse

DATA = Path(os.environ["BENCH_DATA"])
ROWS_100 = json.loads((DATA / "rows-100.json").read_text())
ROWS_10K = json.loads((DATA / "rows-10k.json").read_text())

app = FastAPI()
app.add_middleware(
    CORSMiddleware,
    allow_origins=["https://pro.openbb.co"],
    allow_credentials=True,
    allow_methods=["*"],
    allow_headers=["*"],
)


@app.get("/health")
def health():
    return {}


@app.get("/widgets.json")
def get_widgets():
    return JSONResponse(content=json.load((DATA / "widgets-json.json").open()))


@app.get("/rows_100")
def rows_100(symbol: str = "AAPL", start_date: str = "2026-01-02"):
    return ROWS_100


@app.get("/rows_10k")
def rows_10k(symbol: str = "AAPL", start_date: str = "2026-01-02"):
    return ROWS_10K
