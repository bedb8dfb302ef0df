// The Russian catalogue as one chunk.
const files = import.meta.glob<string>("../../../src/tropa/words/ru/{web-*,buyer,lanes,units,readings}.ftl", { query: "?raw", import: "default", eager: true });
export default Object.values(files).join("\n");
