import { isObject, objectOf } from '../../values/unknown';
import type { DefinedComponent } from './definition';
import type { Place } from './place';

/** A file that still has to be uploaded: one of the item, or the one that a template shows now. */
export type PendingFile = { binaryField: string } | { address: string };

/** A header with such a file. */
export interface HeaderFile {
	/** Of the header: `['HEADER']`, `['CAROUSEL', 2, 'HEADER']`. */
	place: Place;
	/** `IMAGE`, `VIDEO` … */
	format: string;
	file: PendingFile;
}

/** The file that a header waits for; null if it has none or Meta has it already. */
export function fileOf(header: DefinedComponent): PendingFile | null {
	const handles = objectOf(header['example'])['header_handle'];
	const first: unknown = Array.isArray(handles) ? handles[0] : undefined;
	if (!isObject(first)) return null;
	const { binaryField, address } = first;
	if (typeof binaryField === 'string') return { binaryField };
	return typeof address === 'string' ? { address } : null;
}

/** A header with a file that will be uploaded. */
export const headerWithFile = (format: string, file: PendingFile): DefinedComponent => ({
	type: 'HEADER',
	format,
	example: { header_handle: [file] },
});

/** All files that a definition waits for. */
export function pendingFiles(components: readonly DefinedComponent[]): HeaderFile[] {
	const found: HeaderFile[] = [];
	mapHeaders(components, (header, place) => {
		const file = fileOf(header);
		if (file !== null) found.push({ place, format: String(header['format']), file });
		return header;
	});
	return found;
}

/** The definition with Meta's handles in place of the files. */
export function withHandles(
	components: readonly DefinedComponent[],
	handleOf: (place: Place) => string | undefined,
): DefinedComponent[] {
	return mapHeaders(components, (header, place) => {
		const handle = handleOf(place);
		return handle === undefined ? header : { ...header, example: { header_handle: [handle] } };
	});
}

/** Changes each header, those of cards included. */
export function mapHeaders(
	components: readonly DefinedComponent[],
	change: (header: DefinedComponent, place: Place) => DefinedComponent,
	start: Place = [],
): DefinedComponent[] {
	return components.map((component) => {
		if (component.type === 'HEADER') return change(component, [...start, 'HEADER']);
		if (component.type !== 'CAROUSEL') return component;
		const cards = cardsOf(component).map((card, index) => ({
			...card,
			components: mapHeaders(card.components, change, [...start, 'CAROUSEL', index]),
		}));
		return { ...component, cards };
	});
}

/** A card of a carousel. */
export type DefinedCard = { components: DefinedComponent[] } & Record<string, unknown>;

/** The cards of a carousel whose form was checked. */
export function cardsOf(carousel: DefinedComponent): DefinedCard[] {
	const { cards } = carousel;
	return Array.isArray(cards) ? (cards as DefinedCard[]) : [];
}
