// The catalogue of channels and feelings: names are messages (`channel-…`, `feeling-…`), drawings are the product's own. Any word of one's own goes, too.

/** Channels to choose from, the commonest first. */
export const CHANNELS: readonly string[] = [
  "website", "app", "search", "ads", "social", "video", "friend", "reviews", "marketplace", "email", "sms", "messenger", "push", "chat", "phone",
  "consultant", "shop", "branch", "event", "meeting", "demo", "courier", "pickup", "package", "support", "return", "loyalty", "documents",
];

/** Drawings by the spelling of a channel (the same as layout/figures.py CHANNEL_ICONS; a test compares). */
const DRAWINGS: Readonly<Record<string, string>> = {
  website: "website", site: "website", web: "website", landing: "website", app: "app", mobile: "app", search: "search", seo: "search",
  ads: "ads", ad: "ads", advertising: "ads", cpc: "ads", social: "social", friend: "friend", referral: "friend", reviews: "reviews",
  review: "reviews", mail: "mail", email: "mail", "e-mail": "mail", letter: "mail", sms: "sms", messenger: "messenger", telegram: "messenger",
  whatsapp: "messenger", vk: "social", chat: "chat", phone: "phone", call: "phone", consultant: "consultant", sales: "consultant",
  manager: "consultant", shop: "shop", store: "shop", branch: "branch", marketplace: "marketplace", courier: "courier", delivery: "courier",
  pickup: "pickup", package: "package", support: "support", return: "return", push: "push", video: "video", blog: "blog", event: "event",
  webinar: "video", documents: "documents", loyalty: "loyalty", meeting: "meeting", demo: "demo", product: "package", payment: "payment",
  cart: "cart", survey: "survey", qr: "qr", robot: "robot", content: "blog", outdoor: "ads", tv: "video",
};

/** The drawing of a channel; a plain one for a channel of one's own. */
export const channelIcon = (channel: string): string => DRAWINGS[channel.toLowerCase()] ?? "other";

/** Feelings to choose from: dark ones, then bright ones. */
export const FEELINGS: readonly string[] = [
  "anxiety", "irritation", "confusion", "disappointment", "doubt", "fear", "boredom", "indifference", "anger", "shame", "fatigue", "loneliness",
  "curiosity", "surprise", "anticipation", "hope", "trust", "calm", "relief", "gratitude", "confidence", "joy", "pride", "delight",
];

export const BARRIERS: readonly string[] = ["payment", "queue", "stock", "staff", "lateness", "price", "trust", "delivery", "information", "other"];
export const OPPORTUNITIES: readonly string[] = ["improve", "wow", "word-of-mouth"];
export const TASKS: readonly string[] = ["inform", "position", "remove-barriers", "teach", "keep", "remind"];
export const STATUSES: readonly string[] = ["idea", "planned", "doing", "testing", "done", "dropped"];

/** Figures that can be typed by hand or watched by a metric. */
export const READINGS: readonly string[] = [
  "entrants", "customers", "exits", "conversion", "to_deal", "time_to_next", "satisfaction", "repeat_rate", "loss",
];
/** Those that are shares: typed in per cent. */
export const SHARES: ReadonlySet<string> = new Set(["conversion", "to_deal", "repeat_rate"]);
