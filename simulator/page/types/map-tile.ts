/** A made-up map: streets drawn from the coordinates, always the same for the same location. */

import { el, svg } from '../dom/element.ts';

const width = 300;
const height = 150;

/** Numbers between 0 and 1 that depend only on the seed. */
function sequence(seed: number): () => number {
	let state = seed >>> 0 || 1;
	return () => {
		state ^= state << 13;
		state ^= state >>> 17;
		state ^= state << 5;
		return (state >>> 0) / 2 ** 32;
	};
}

function line(points: [number, number][], className: string): SVGElement {
	const d = points
		.map(([x, y], index) => `${index === 0 ? 'M' : 'L'}${x.toFixed(1)} ${y.toFixed(1)}`)
		.join('');
	return svg('path', { class: className, d });
}

/** Tile with a pin in the middle. Coordinates are in decimal degrees. */
export function mapTile(latitude: number, longitude: number): HTMLElement {
	const next = sequence(Math.round(latitude * 9_973) * 31 + Math.round(longitude * 7_919));
	for (let warmUp = 0; warmUp < 4; warmUp += 1) next();
	const tilt = (next() - 0.5) * 60;
	const shapes: SVGElement[] = [svg('rect', { class: 'map-land', width, height })];

	const parkX = next() * width * 0.6;
	shapes.push(
		svg('rect', {
			class: 'map-park',
			x: parkX,
			y: next() * 60,
			width: 50 + next() * 60,
			height: 40 + next() * 30,
			rx: 6,
		}),
	);
	const shore = next() < 0.5 ? -20 : height + 20;
	const bend = next() * 30;
	shapes.push(
		svg('path', {
			class: 'map-water',
			d: `M-10 ${String(shore)} L-10 ${String(height / 2 + (shore < 0 ? -40 - bend : 45 + bend))} Q ${String(width * 0.4)} ${String(shore < 0 ? 20 + bend : 130 - bend)} ${String(width + 10)} ${String(shore < 0 ? 5 : 140)} L${String(width + 10)} ${String(shore)}Z`,
		}),
	);
	for (let x = -40 + next() * 30; x < width + 60; x += 32 + next() * 34) {
		shapes.push(
			line(
				[
					[x, -10],
					[x + tilt, height + 10],
				],
				'map-street',
			),
		);
	}
	for (let y = next() * 20; y < height; y += 26 + next() * 26) {
		shapes.push(
			line(
				[
					[-10, y],
					[width + 10, y - tilt * 0.35],
				],
				'map-street',
			),
		);
	}
	const avenue = 40 + next() * 70;
	shapes.push(
		line(
			[
				[-10, avenue],
				[width + 10, avenue + (next() - 0.5) * 90],
			],
			'map-avenue',
		),
	);
	shapes.push(
		line(
			[
				[width * (0.2 + next() * 0.6), -10],
				[width * (0.2 + next() * 0.6), height + 10],
			],
			'map-avenue',
		),
	);

	return el('div', { class: 'map-tile', 'aria-hidden': 'true' }, [
		svg(
			'svg',
			{
				class: 'map-streets',
				viewBox: `0 0 ${String(width)} ${String(height)}`,
				preserveAspectRatio: 'xMidYMid slice',
			},
			shapes,
		),
		pin(),
	]);
}

/** On its own layer: a wide map cuts off the top and bottom of its streets, but never the pin. */
function pin(): SVGSVGElement {
	return svg('svg', { class: 'map-pin-layer', viewBox: '0 0 40 56' }, [
		svg('ellipse', { class: 'map-shadow', cx: 20, cy: 51, rx: 9, ry: 3.5 }),
		svg('path', {
			class: 'map-pin',
			d: 'M20 50c-15-16-18-23-18-30a18 18 0 0 1 36 0c0 7-3 14-18 30z',
		}),
		svg('circle', { class: 'map-pin-eye', cx: 20, cy: 20, r: 7 }),
	]);
}
