import { formatCount } from '../format';
import { html, type Markup } from '../markup';

/** A named value, drawn as a horizontal bar. */
interface Bar {
	label: string;
	/** Below the label, smaller. */
	note: string | null;
	value: number;
	/** Next to the number, for example a share. */
	summary: string | null;
	/** CSS class for the colour. */
	colour: string;
}

/** @param whole the value of a full bar; default: the largest value */
export function barList(bars: readonly Bar[], whole?: number): Markup {
	const full = Math.max(1, whole ?? Math.max(0, ...bars.map(({ value }) => value)));
	return html`<ul class="bars">
		${bars.map(
			({ label, note, value, summary, colour }) =>
				html`<li>
					<span class="label">${label}${note && html`<small>${note}</small>`}</span>
					<svg viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">
						<rect class="track" width="100" height="10" />
						<rect class="${colour}" width="${Math.round((value / full) * 1000) / 10}" height="10" />
					</svg>
					<span class="value"
						>${formatCount(value)}${summary && html` <small>${summary}</small>`}</span
					>
				</li>`,
		)}
	</ul>`;
}
