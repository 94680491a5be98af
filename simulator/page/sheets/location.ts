/** The customer sends a location. */

import type { Chat } from '../types/view.ts';
import { el } from '../dom/element.ts';
import { mapTile } from '../types/map-tile.ts';
import { field, form, openSheet, submitButton, uniqueId } from './sheet.ts';

/** An example to send without typing: a square in central Lisbon. */
const example = {
	latitude: '38.70764',
	longitude: '-9.13655',
	name: 'Praça do Comércio',
	address: 'Praça do Comércio, 1100-148 Lisboa, Portugal',
};

/** Opens the dialog; `contextId` if the business asked for the location. */
export function openLocationDialog(chat: Chat, contextId?: string): void {
	const formId = uniqueId('location');
	const map = el('div', { class: 'location-map' });
	const node = form(
		[
			map,
			el('div', { class: 'field-row' }, [
				field('Latitude', 'latitude', {
					type: 'number',
					step: 'any',
					min: -90,
					max: 90,
					required: true,
					value: example.latitude,
				}),
				field('Longitude', 'longitude', {
					type: 'number',
					step: 'any',
					min: -180,
					max: 180,
					required: true,
					value: example.longitude,
				}),
			]),
			field('Name', 'name', { value: example.name }),
			field('Address', 'address', { value: example.address }),
		],
		async ({ latitude, longitude, name, address }) => {
			const sent = await chat.send(
				{
					type: 'location',
					location: {
						latitude: Number(latitude),
						longitude: Number(longitude),
						...(name !== undefined && name !== '' && { name }),
						...(address !== undefined && address !== '' && { address }),
					},
				},
				contextId,
			);
			if (sent) sheet.close();
		},
		formId,
	);
	const draw = (): void => {
		const values = new FormData(node);
		map.replaceChildren(mapTile(Number(values.get('latitude')), Number(values.get('longitude'))));
	};
	draw();
	node.addEventListener('input', draw);
	const sheet = openSheet({
		title: 'Send location',
		content: [node],
		footer: [submitButton('Send location', formId)],
		host: chat.host,
	});
}
