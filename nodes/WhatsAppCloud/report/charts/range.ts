import type { Percentiles } from '../../store/reports/reportStore';
import { formatDuration } from '../format';
import { html, type Markup } from '../markup';

const width = 260;
const height = 22;
const padding = 8;

/** The shortest and longest time on a scale shared by several ranges. */
interface TimeScale {
	shortestMs: number;
	longestMs: number;
}

/** A scale that fits all of the percentiles. */
export function timeScaleOf(all: readonly Percentiles[]): TimeScale {
	const values = all.flatMap(({ p50, max }) => [p50, max]).filter((value) => value !== null);
	return {
		shortestMs: Math.max(1, Math.min(...values, 100)),
		longestMs: Math.max(...values, 1_000),
	};
}

/** Draws the range from the median to the 99th percentile, on a logarithmic scale. */
export function rangeChart(name: string, { p50, p95, p99 }: Percentiles, scale: TimeScale): Markup {
	if (p50 === null || p95 === null || p99 === null) return html``;
	const span = Math.log(scale.longestMs / scale.shortestMs);
	const xOf = (ms: number): number => {
		const part = Math.log(Math.max(ms, scale.shortestMs) / scale.shortestMs) / span;
		return Math.round((padding + part * (width - 2 * padding)) * 10) / 10;
	};
	const middle = height / 2;
	const summary = `${name}: half within ${formatDuration(p50)}, 95 % within ${formatDuration(p95)}, 99 % within ${formatDuration(p99)}`;
	return html`<svg
		class="range"
		viewBox="0 0 ${width} ${height}"
		role="img"
		aria-label="${summary}"
	>
		<title>${summary}</title>
		<line class="track" x1="${padding}" x2="${width - padding}" y1="${middle}" y2="${middle}" />
		<line class="span" x1="${xOf(p50)}" x2="${xOf(p99)}" y1="${middle}" y2="${middle}" />
		<circle class="p50" cx="${xOf(p50)}" cy="${middle}" r="5" />
		<circle class="p95" cx="${xOf(p95)}" cy="${middle}" r="4" />
		<line class="p99" x1="${xOf(p99)}" x2="${xOf(p99)}" y1="${middle - 6}" y2="${middle + 6}" />
	</svg>`;
}
