/**
 * The trigger's outputs, as n8n evaluates them: one for all events or three, and one more for
 * messages that somebody else answers. In the order of `byOutput` in `execution/items.ts`.
 */
export const triggerOutputs = `={{ ($parameter["settings"]?.["splitOutputs"]
	? ["Messages", "Statuses", "Other"]
	: $parameter["settings"]?.["whenTakenOver"] === "route" ? ["Events"] : [""])
	.concat($parameter["settings"]?.["whenTakenOver"] === "route" ? ["Taken Over"] : [])
	.map((displayName) => displayName ? { type: "main", displayName } : { type: "main" }) }}` as const;

/** How many there can be: of each kind of event, and of messages that somebody else answers. */
export const mostOutputs = 4;
