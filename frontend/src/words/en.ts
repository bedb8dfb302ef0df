// The English catalogue as one chunk.
const files = import.meta.glob<string>("../../../src/tropa/words/en/{web-*,buyer,lanes,units,readings}.ftl", { query: "?raw", import: "default", eager: true });
export default Object.values(files).join("\n");
