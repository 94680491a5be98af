import { locationFields, placeLabels, readLocation } from '../../location';
import { defineHeader } from './headerKind';

/** A map above the text. */
export const location = defineHeader({
	name: 'Location',
	toldBy: ['headerLatitude', 'headerLongitude'],
	fields: locationFields('header'),
	read: (values, problems) => readLocation(values, 'header', problems),
	build: (place) => ({
		// Meta's page on templates has text here; the one on locations has numbers.
		location: {
			latitude: inDecimals(place.latitude),
			longitude: inDecimals(place.longitude),
			...placeLabels(place),
		},
	}),
});

/** Avoids the exponent that JavaScript uses for tiny numbers. */
function inDecimals(degrees: number): string {
	const text = String(degrees);
	return text.includes('e') ? degrees.toFixed(12) : text;
}
