import { formatTime } from './format';
import { html, type Markup } from './markup';
import { style } from './style';

/** No external content and no scripts, whatever a text in the report may contain. */
const policy = "default-src 'none'; style-src 'unsafe-inline'";

/** What surrounds every report. */
interface Shell {
	title: string;
	/** Period and filters. */
	subtitle: Markup;
	content: Markup;
	createdAt: number;
	timeZone: string;
	/** What the figures mean, in a sentence or two. */
	note: string;
}

/** A report as a self-contained page: no scripts, no external content. */
export function pageOf({ title, subtitle, content, createdAt, timeZone, note }: Shell): string {
	const head = html`<!doctype html>
		<html lang="en">
			<head>
				<meta charset="utf-8" />
				<meta name="viewport" content="width=device-width, initial-scale=1" />
				<meta http-equiv="Content-Security-Policy" content="${policy}" />
				<title>${title}</title>
			</head>
		</html>`;
	const body = html`
<body>
<main>
	<header>
		<h1>${title}</h1>
		<p class="soft">${subtitle}</p>
	</header>
	${content}
	<footer>Made ${formatTime(createdAt, timeZone)} (${timeZone}) by WhatsApp Cloud for n8n. ${note}</footer>
</main>
</body>
</html>
`;
	// Written by this package alone, so it must not be escaped.
	return `${head.text}\n<style>${style}</style>\n</head>${body.text}`;
}

/** A figure with its name and what it is measured by. */
export const tile = (label: string, value: string, note: string): Markup =>
	html`<li><span class="soft">${label}</span><b>${value}</b><small>${note}</small></li>`;
