import { readNumber, readString } from '../reading/lenientJson';
import type { ContentReader } from './content';

/** The text is the name and address of the place, or its coordinates if it has neither. */
export const readLocation: ContentReader = (body) => {
	const location = {
		latitude: readNumber(body['latitude']),
		longitude: readNumber(body['longitude']),
		name: readString(body['name']),
		address: readString(body['address']),
		url: readString(body['url']),
	};
	const { latitude, longitude, name, address } = location;
	const place = [name, address].filter((part) => part !== null).join(', ');
	const coordinates = latitude === null || longitude === null ? null : `${latitude}, ${longitude}`;
	return { text: place === '' ? coordinates : place, location };
};
