cli-tropa = Customer journey maps joined with the trail your customers really tread.
cli-epilog = Start with `tropa demo`, or with your own files: `tropa map orders.csv`.
cli-version = Show the version and exit.
cli-lang = Language of everything shown and drawn.
cli-json = Print data as JSON (the shape is documented in docs/guide/cli.md).
cli-yes = Ask nothing, take every default.
cli-segment = Only the customers of this persona or segment.
cli-map-file = Another map file of the workspace.
cli-meta-folder = DIR
cli-meta-file = FILE
cli-meta-files = FILE…
cli-meta-role = ROLE=COLUMN
cli-as = What a column is for, such as customer=client_id. Roles: customer, time, event, channel, value, currency, score, instrument, session, order, quantity, price, text, message_id, phone, email, name, property, ignore; event_time=COLUMN or EVENT=COLUMN for a date column that is an event.
cli-encoding = Encoding of a text file (found by itself unless said): utf-8, cp1251…
cli-delimiter = Sign between cells (found by itself unless said); tab is written \t.
cli-decimal = Decimal sign.
cli-time-format = How times are written: iso, dmy, mdy, unix_s, unix_ms, unix_us, unix_ns, or a pattern like %d.%m.%Y.
cli-zone = Time zone of times that name none, such as Europe/Moscow (default UTC).
cli-source = Name of the source: a newer export under the same name adds only what is new.
cli-instrument = The scale of the score column.
cli-event = Name of the event where the log has no event column.
cli-currency = Currency of the value column, such as RUB.

cli-demo = The whole story on a simulated shop: Sergey's sports nutrition.
    .details = Makes a workspace with a year of simulated events, measures it, finds where customers leave and what that costs, draws all pictures, prints the story and opens the living map in the browser. Ctrl+C stops it.
cli-demo-out = Folder for the workspace and the pictures.
cli-demo-customers = How many customers to simulate.
cli-seed = Seed of the simulation: the same seed gives the same shop.
cli-no-open = Do not open the page in the browser.

cli-map = Your own files to a finished map in one go.
    .details = Imports the files, drafts the map from them, measures, draws, and opens the page. Asks at most three questions, each with a default. An orders export alone is enough for a useful first page.
cli-map-out = Folder for the workspace (default: beside the first file).

cli-new = Make a workspace from a template.
cli-new-template = Name of the template.
cli-new-list = List the templates and exit.

cli-import = Add event logs to a workspace.
    .details = CSV, Parquet, JSONL and XLSX, also packed as gz or zst. The same file twice changes nothing. Rows that cannot be read go to quarantine with the reason, can be fixed there and replayed.
cli-import-replay = The file holds repaired rows of this quarantined import.

cli-events = What is in the log: events by volume, sources, what is bound to nothing, the quarantine.
cli-events-unbound = Only events that the map binds to no touchpoint.
cli-events-quarantine = List the quarantine.
cli-events-export = Write the quarantined rows of an import to a CSV file for fixing (use with --import).
cli-events-import = Which import.

cli-draft = Propose stages, touchpoints and bindings from the log itself.
cli-draft-out = Where to write the proposal (default: map.yaml of the workspace if there is none yet, else draft.yaml).
cli-force = Overwrite.

cli-measure = Every figure of the map: entrants, conversion, times, satisfaction, the loop.
cli-breaks = Where customers leave, ranked by what could be regained each month.

cli-render = Draw the map.
    .details = The suffix of the output says the format: svg, png, pdf, html, xlsx, pptx, md, mmd.
cli-render-what = DIR|FILE
cli-render-out = Output file.
cli-render-view = View: table, scheme, infographic, or the buyer journey (buyer): stages up to the deal and rows about the decision; or the empty grid for a wall (workshop), tiled over sheets.
cli-render-page = Page size.
cli-render-open = Open this stage into its touchpoints (may be repeated; `all` opens every stage).
cli-render-theme = Light or dark.
cli-render-named = A named view of the map: its rows and stages.
cli-render-personas = Draw the personas side by side.

cli-diff = What differs between two maps, or one map at two dates.
    .details = Each is a file or a folder. Where both folders have a log, their figures are compared too, with intervals and a verdict on chance.
cli-diff-before = BEFORE
cli-diff-after = AFTER

cli-lint = Check a map: what is missing, stale or contradicted.
cli-lint-strict = Warnings count as errors for the exit status.

cli-convert = Turn a map file into another format: yaml, json, xlsx, csv (lossless), mmd (both ways, losses listed), md and pictures.
    .details = Reading an XLSX or CSV back onto an existing YAML map (the second file) keeps its comments and reports every edited cell.
cli-convert-source = SOURCE
cli-convert-target = TARGET

cli-schema = Print the JSON Schema of the map file, for editors.
cli-simulate = Write a simulated shop: the log, its planted truth, costs.
cli-reveal = Show who is behind a pseudonym. Asks first.
cli-reveal-who = PSEUDONYM
cli-erase = Erase a customer from the trail, and every word about them, for good.
cli-doctor = Check that this machine has all that Tropa needs.

cli-interrupted = Interrupted. Nothing half-done was kept.

cli-new-folder-missing = Name the folder of the new workspace: tropa new DIR
cli-new-done = Written: { $path }
    Open it in any editor, then draw it: tropa render { $folder } -o map.html
cli-draft-done = The proposal was written to { $path }. It is a guess: look at the stages and bindings before you trust the figures.
cli-events-exported = { $rows ->
        [one] { $rows } row was written
       *[other] { $rows } rows were written
    } to { $path }. Mend them there and replay: tropa import { $folder } { $path } --replay { $import }
cli-quarantine-empty = The quarantine is empty.
cli-render-done = Written: { $path }
cli-convert-done = Written: { $path }
cli-convert-lost = Not kept in this format:
cli-convert-edits = { $n ->
        [0] No cell was edited.
        [one] { $n } cell was edited:
       *[other] { $n } cells were edited:
    }
cli-reveal-ask = Show the real identifiers of { $name }? Look over your shoulder first.
cli-erase-ask = Erase { $name } from the trail and from every text for good? There is no way back.
cli-erase-done = Erased: { $name }. Their events are gone and will not come back with a later import.
cli-simulate-done = Written: { $path } ({ $events ->
        [one] { $events } event
       *[other] { $events } events
    }, simulated)
cli-ask-roles = Read the columns this way?
cli-ask-deal = Which event is the deal?
cli-ask-again = Are your goods bought again and again?
cli-plan-uncertain = Some columns are not certain. Name them with --as ROLE=COLUMN.

step-compiling = Compiling (once)
step-simulating = Simulating a year of the shop
step-importing = Importing
step-measuring = Measuring
step-drawing = Drawing

doctor-python = Python
    .fix = Install Python 3.11 to 3.13.
doctor-kernels = Compiled kernels are kept in
    .fix = Make the folder writable, or name another in TROPA_CACHE_DIR; until then every start compiles anew.
doctor-disk = Free disk space
    .fix = Make room: a log of 10 million events needs about 1 GB.
doctor-zones = Time zones
    .fix = Install the package tzdata.
doctor-console = Console
    .fix = Use a console with UTF-8.
doctor-picture = Pictures
    .fix = Install Tropa anew: its fonts or drawing libraries are missing.

cli-usage = Usage:
cli-options = Options
cli-commands = Commands
cli-arguments = Arguments
cli-error = Error
cli-default = default: { $value }
cli-required = required
cli-meta-options = [OPTIONS]
cli-meta-command = COMMAND [OPTIONS]
cli-no-such-command = There is no command “{ $name }”.{ $near ->
        [none] { "" }
       *[other] { " " }Did you mean “{ $near }”?
    }

reference-title = Commands
reference-intro = Made from the commands themselves. Every command takes `--lang ru|en`; where there are data, `--json` prints them.
reference-json = What --json prints
reference-json-text = All commands print one JSON value. Times ending in `_s` are seconds, `window` is written as in the map file (`30d`), money is in units of
    `currency` (null: no money in the log, amounts are deals), `unit` says what is counted. An answer that cannot be given is
    `{"{"}"value": null, "cannot_tell": "reason", "n": …{"}"}`, never a zero. Fields may be added, none is renamed or removed within a major version.

    - `import`: `{"{"}"accepted", "duplicates", "quarantined", "unit", "customers", "data_version", "files": [{"{"}"file", "source", "import_id", "accepted", "duplicates", "quarantined", "reasons", "columns"{"}"}]{"}"}`
    - `measure`: `{"{"}"scope", "stages": [{"{"}"id", "observed", "entrants", "conversion": {"{"}"value", "numerator", "denominator", "unit", "low", "high", "left_out", "window"{"}"}, "to_deal", "time_to_next": {"{"}"median_s", "q25_s", "q75_s", "n"{"}"}, "exits", "returns", "satisfaction": {"{"}"mean", "low", "high", "n"{"}"}{"}"}], "touchpoints", "flows", "loop": {"{"}"repeat_rate", "interval", "horizon_s", …{"}"}, "sales_cycle", "breaks", "unbound"{"}"}`
    - `breaks`: `{"{"}"breaks": [{"{"}"rank", "stage", "kind", "customers", "passes", "rate", "loss": {"{"}"value", "low", "high", "ceiling", "currency", "kind", "reference", "reference_kind"{"}"}{"}"}], "all_together"{"}"}`
    - `events`: `{"{"}"events", "customers", "period", "names": [{"{"}"event", "events", "customers", "stage", "touchpoint"{"}"}], "unbound"{"}"}`
    - `diff`: `{"{"}"changes": [{"{"}"address", "kind", "before", "after", "stage", "touchpoint", "lane", "text"{"}"}], "data", "differences": [{"{"}"stage", "measure", "before", "after", "value", "low", "high", "p", "q", "significant", "method"{"}"}]{"}"}`
    - `lint`: `{"{"}"file", "findings": [{"{"}"code", "severity", "address", "message", "fix", "line", "column"{"}"}]{"}"}`
    - `ask`, `reasons`: `{"{"}"measure", "unit", "n", "columns": [{"{"}"id", "kind", "low", "high", "part", "whole"{"}"}], "rows": [[…]], "labels", "notes", "quotes", "cannot_tell", "data_version"{"}"}`
    - an error: `{"{"}"error": {"{"}"code", "message", "fix", "where", "also"{"}"}{"}"}`
reference-status = Exit status
reference-status-text = 0 done; 1 `lint` found errors; 2 the input or the call needs mending (the message says how); 3 a fault of ours; 130 interrupted.
cli-own-fault = Something went wrong that should not have: this is our fault, not yours. Your data are as they were. The details are in { $path }; TROPA_DEBUG=1 shows them here.
