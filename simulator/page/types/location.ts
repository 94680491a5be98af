import type { JsonObject } from '../../chat-contract.ts';
import { numberAt, objectAt, textAt } from '../data/json.ts';
import { el, link } from '../dom/element.ts';
import { mapTile } from './map-tile.ts';
import { missingMedia } from './media.ts';
import type { MessageView } from './view.ts';

/** Map, name and address of a location; a click opens it on OpenStreetMap. */
export function locationCard(location: JsonObject): HTMLElement {
	const latitude = numberAt(location, 'latitude');
	const longitude = numberAt(location, 'longitude');
	if (latitude === null || longitude === null) {
		return missingMedia('pin', 'Location without coordinates');
	}
	const place = `${latitude.toFixed(5)}, ${longitude.toFixed(5)}`;
	const name = textAt(location, 'name');
	const address = textAt(location, 'address');
	const query = `mlat=${String(latitude)}&mlon=${String(longitude)}`;
	return el('div', { class: 'location' }, [
		link(`https://www.openstreetmap.org/?${query}`, [mapTile(latitude, longitude)], {
			class: 'location-map',
			'aria-label': `Open ${place} on a map`,
			title: place,
		}),
		el('div', { class: 'location-words' }, [
			name !== '' && el('div', { class: 'location-name', dir: 'auto' }, [name]),
			address !== '' && el('div', { class: 'location-address', dir: 'auto' }, [address]),
			name === '' && address === '' && el('div', { class: 'location-address' }, [place]),
		]),
	]);
}

export const locationView: MessageView = {
	draw: ({ body }) => ({
		content: [locationCard(objectAt(body, 'location'))],
		frame: 'media',
		time: 'line',
	}),
	summary: ({ body }) => `📍 ${textAt(body, 'location', 'name') || 'Location'}`,
};
