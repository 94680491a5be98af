import type { MessageResult } from '../../store/reports/reportStore';
import { formatCount } from '../format';
import type { HistoryStep } from '../history';
import { html, type Markup } from '../markup';
import { shownResults } from '../results';

/** In drawing units; the chart scales with the page. */
const width = 900;
const height = 260;
const margin = { top: 12, right: 4, bottom: 26, left: 48 } as const;
const plotWidth = width - margin.left - margin.right;
const plotHeight = height - margin.top - margin.bottom;

/** Labels closer together than this would touch. */
const minLabelDistance = 58;

const widestColumn = 48;

/** Messages over time: one column per step, divided by how far the messages got. */
export function columnsChart(steps: readonly HistoryStep[]): Markup {
	const totals = steps.map(({ results }) =>
		shownResults.reduce((sum, { result }) => sum + results[result], 0),
	);
	const scale = niceScale(Math.max(1, ...totals));
	const top = scale.at(-1) ?? 1;
	const yOf = (value: number): number => margin.top + plotHeight * (1 - value / top);
	const slot = plotWidth / Math.max(1, steps.length);
	const columnWidth = Math.min(widestColumn, Math.max(1, slot * 0.72));
	const everyNth = Math.max(1, Math.ceil(minLabelDistance / slot));

	return html`<svg
		class="history"
		viewBox="0 0 ${width} ${height}"
		role="img"
		aria-label="Messages over time"
	>
		${scale.map(
			(value) =>
				html`<line
						class="grid"
						x1="${margin.left}"
						x2="${width - margin.right}"
						y1="${round(yOf(value))}"
						y2="${round(yOf(value))}"
					/>
					<text class="axis end" x="${margin.left - 8}" y="${round(yOf(value) + 4)}"
						>${formatCount(value)}</text
					>`,
		)}
		${steps.map((step, index) => {
			const middle = margin.left + slot * (index + 0.5);
			const label = index % everyNth === 0 && axisLabel(step.label, middle);
			return html`${column(step, totals[index] ?? 0, middle - columnWidth / 2, columnWidth, yOf)}${label}`;
		})}
	</svg>`;
}

function axisLabel(label: string, x: number): Markup {
	return html`<text class="axis middle" x="${round(x)}" y="${height - 6}">${label}</text>`;
}

function column(
	{ label, results }: HistoryStep,
	total: number,
	x: number,
	columnWidth: number,
	yOf: (value: number) => number,
): Markup {
	const parts = shownResults.filter(({ result }) => results[result] > 0);
	const summary = parts
		.map((part) => `${part.label} ${formatCount(results[part.result])}`)
		.join(', ');
	let below = 0;
	const segments = parts.map(({ result }) => {
		const y = yOf(below + results[result]);
		const segment = bar(result, x, y, columnWidth, yOf(below) - y);
		below += results[result];
		return segment;
	});
	return html`<g
		><title>${label}: ${formatCount(total)}${summary && ` (${summary})`}</title>${segments}</g
	>`;
}

const bar = (result: MessageResult, x: number, y: number, w: number, h: number): Markup =>
	html`<rect
		class="${result}"
		x="${round(x)}"
		y="${round(y)}"
		width="${round(w)}"
		height="${round(h)}"
	/>`;

/** Round values from 0 to above the largest: 0, 50, 100 … */
export function niceScale(largest: number): number[] {
	const rough = largest / 4;
	const magnitude = 10 ** Math.floor(Math.log10(rough));
	const step = Math.max(
		1,
		[1, 2, 2.5, 5, 10].map((factor) => factor * magnitude).find((each) => each >= rough) ?? rough,
	);
	const whole = Number.isInteger(step) ? step : Math.ceil(step);
	const values: number[] = [];
	for (let value = 0; value < largest + whole; value += whole) values.push(value);
	return values;
}

/** Tenths are finer than a screen shows. */
const round = (value: number): number => Math.round(value * 10) / 10;
