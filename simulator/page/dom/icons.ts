/** The page's own icons: strokes on a 24 × 24 grid. */

import { svg } from './element.ts';

const strokes = {
	alert: ['M12 3.5 21.5 20h-19z', 'M12 10v4.5', 'M12 17.2v.3'],
	back: ['M19 12H5', 'M11 6l-6 6 6 6'],
	bag: ['M5 8h14l-1 12H6z', 'M9 11V7a3 3 0 0 1 6 0v4'],
	braces: ['M9 4c-3 0-1.5 7-4.5 8C7.5 13 6 20 9 20', 'M15 4c3 0 1.5 7 4.5 8-3 1-1.5 8-4.5 8'],
	cart: ['M3 4h2.5l2.2 11h9.8L20 7.5H6.3', 'M9.5 19.5h.01', 'M16 19.5h.01'],
	chat: ['M4 5h16v11H10l-4.5 4v-4H4z'],
	chevron: ['M6 9.5l6 6 6-6'],
	clock: ['M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17z', 'M12 7.5V12l3 2'],
	close: ['M6 6l12 12', 'M18 6 6 18'],
	copy: ['M9 9h11v11H9z', 'M5.5 15H4V4h11v1.5'],
	document: ['M6 3h8l5 5v13H6z', 'M14 3v5h5', 'M9 13h7', 'M9 16.5h5'],
	download: ['M12 4v11', 'M7 10.5l5 5 5-5', 'M5 20h14'],
	edit: ['M4 20l1-4.5L16.5 4 20 7.5 8.5 19z'],
	emoji: [
		'M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17z',
		'M9 9.5v.6',
		'M15 9.5v.6',
		'M8 14c2 3 6 3 8 0',
	],
	external: ['M14 4h6v6', 'M20 4l-9 9', 'M17 14v6H4V7h6'],
	flow: ['M5 4h14v16H5z', 'M8.5 8.5h7', 'M8.5 12h7', 'M8.5 15.5h4'],
	image: ['M4 5h16v14H4z', 'M4 16l5-5 4 4 2.5-2.5L20 17', 'M15.5 8.7v.1'],
	list: ['M9 7h11', 'M9 12h11', 'M9 17h11', 'M4.5 7h.01', 'M4.5 12h.01', 'M4.5 17h.01'],
	menu: ['M12 5.5v.1', 'M12 12v.1', 'M12 18.5v.1'],
	microphone: [
		'M12 3.5a2.7 2.7 0 0 0-2.7 2.7v5.3a2.7 2.7 0 0 0 5.4 0V6.2A2.7 2.7 0 0 0 12 3.5z',
		'M6.5 11.5a5.5 5.5 0 0 0 11 0',
		'M12 17v3.5',
	],
	music: [
		'M9 18V6l10-2v12',
		'M6.5 15.5a2.5 2.5 0 1 0 0 5 2.5 2.5 0 0 0 2.5-2.5',
		'M16.5 13.5a2.5 2.5 0 1 0 2.5 2.5',
	],
	person: ['M12 4a4 4 0 1 0 0 8 4 4 0 0 0 0-8z', 'M4.5 20.5c1-8 14-8 15 0'],
	personAdd: [
		'M10 4.5a3.7 3.7 0 1 0 0 7.4 3.7 3.7 0 0 0 0-7.4z',
		'M3 20c1-7.5 13-7.5 14 0',
		'M19 7v6',
		'M16 10h6',
	],
	phone: [
		'M6 3.5h3l1.5 4.5-2 1.5c1 2.5 3.5 5 6 6l1.5-2 4.5 1.5v3c0 1.5-1 2.5-2.5 2.5C10.5 20 4 13.5 3.5 6 3.5 4.5 4.5 3.5 6 3.5z',
	],
	pin: ['M12 21c-9-10-7-17.5 0-17.5S21 11 12 21z', 'M12 7.5a2.5 2.5 0 1 0 0 5 2.5 2.5 0 0 0 0-5z'],
	plus: ['M12 5v14', 'M5 12h14'],
	pushpin: ['M9 4h6l-1 6 3.5 3.5h-11L10 10z', 'M12 13.5V21'],
	reply: ['M10 6l-6 6 6 6', 'M4.5 12H14c3.5 0 6 2.5 6 6'],
	search: ['M10.5 4.5a6 6 0 1 0 0 12 6 6 0 0 0 0-12z', 'M15 15l5 5'],
	send: ['M4 4.5 20.5 12 4 19.5 6.5 12z', 'M6.5 12h7'],
	sideBySide: ['M4 5h16v14H4z', 'M12 5v14'],
	sticker: ['M5 4h14v9l-6 7H5z', 'M19 13h-6v7'],
	tag: ['M4 4h8l8 8-8 8-8-8z', 'M8.2 8.2h.01'],
	ticks: ['M2 12.5l4.5 4.5 9-10.5', 'M11.5 16.5l.5.5 9-10.5'],
	trash: ['M5 7h14', 'M9 7V4.5h6V7', 'M7 7l1 13h8l1-13'],
	video: ['M3.5 6.5h12v11h-12z', 'M15.5 11l5-3v8l-5-3'],
} as const;

export type IconName = keyof typeof strokes;

/** Icon in the colour of the surrounding text. Decorative, so it always needs a label. */
export function icon(name: IconName): SVGSVGElement {
	return svg(
		'svg',
		{ class: `icon icon-${name}`, viewBox: '0 0 24 24', 'aria-hidden': 'true', focusable: 'false' },
		strokes[name].map((d) => svg('path', { d })),
	);
}

/** Play symbol. */
export function playIcon(): SVGSVGElement {
	return svg(
		'svg',
		{ class: 'icon icon-solid', viewBox: '0 0 24 24', 'aria-hidden': 'true', focusable: 'false' },
		[
			svg('path', {
				d: 'M7.5 4.8v14.4c0 .8.9 1.3 1.5.8l10.6-7.2a1 1 0 0 0 0-1.6L9 4c-.600-.500-1.5 0-1.5.8z',
			}),
		],
	);
}

/** Pause symbol. */
export function pauseIcon(): SVGSVGElement {
	return svg(
		'svg',
		{ class: 'icon icon-solid', viewBox: '0 0 24 24', 'aria-hidden': 'true', focusable: 'false' },
		[svg('path', { d: 'M7 5h3.5v14H7zM13.5 5H17v14h-3.5z' })],
	);
}
