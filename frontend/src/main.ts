import "./ui/kit/tokens.css";
import "./ui/kit/fonts.css";
import "./ui/kit/base.css";
import "./ui/kit/tip.css";

import { mount } from "svelte";

import App from "./ui/App.svelte";
import { startWords } from "./words/words.svelte";

await startWords();
mount(App, { target: document.getElementById("app")! });
