import { mount } from "svelte";

import App from "./ui/App.svelte";
import { startWords } from "./words/words.svelte";

await startWords();
mount(App, { target: document.getElementById("app")! });
