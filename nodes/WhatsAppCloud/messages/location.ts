import type { INodeProperties } from 'n8n-workflow';
import { z } from 'zod/v4';
import { optionalText, readParameter } from '../values/schema/reading';
import { requiredNumber } from '../values/numbers';
import { readOptional, rowOf, type Problems, type Values } from '../values/row';
import { defineMessage } from './messageType';

/** A place, checked. */
interface Place {
	/** Decimal degrees, north is positive. */
	latitude: number;
	/** Decimal degrees, east is positive. */
	longitude: number;
	name: string | undefined;
	address: string | undefined;
}

/** @param max degrees from zero, in either direction */
const degrees = (max: number) =>
	requiredNumber({
		min: -max,
		max,
		decimals: true,
		noun: 'decimal degrees with a point, such as 48.858222',
	});

const latitudeSchema = degrees(90);
const longitudeSchema = degrees(180);

/** Names of the four parameters that hold a place; a prefix keeps several places apart. */
function locationParameters(prefix: string) {
	const named = (name: string): string =>
		prefix === '' ? name : prefix + name.charAt(0).toUpperCase() + name.slice(1);
	return {
		latitude: named('latitude'),
		longitude: named('longitude'),
		name: named('locationName'),
		address: named('locationAddress'),
	};
}

/** The fields of a place. */
export function locationFields(
	prefix = '',
	show?: NonNullable<INodeProperties['displayOptions']>['show'],
): INodeProperties[] {
	const names = locationParameters(prefix);
	const displayOptions = show ? { displayOptions: { show } } : {};
	return [
		{
			displayName: 'Latitude',
			name: names.latitude,
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. 48.858222',
			hint: 'Decimal degrees from -90 to 90',
			...displayOptions,
		},
		{
			displayName: 'Longitude',
			name: names.longitude,
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. 2.2945',
			hint: 'Decimal degrees from -180 to 180',
			...displayOptions,
		},
		{
			displayName: 'Place Name',
			name: names.name,
			type: 'string',
			default: '',
			placeholder: 'e.g. Eiffel Tower',
			description: 'Shown in bold below the map',
			...displayOptions,
		},
		{
			displayName: 'Address',
			name: names.address,
			type: 'string',
			default: '',
			placeholder: 'e.g. Av. Gustave Eiffel, 75007 Paris',
			description: 'Shown below the name',
			...displayOptions,
		},
	];
}

/** Meta states no limit for names and addresses. */
const label = optionalText(Infinity);

/** Reads the four parameters of a place; null if a problem was reported. */
export function readLocation(values: Values, prefix: string, problems: Problems): Place | null {
	const names = locationParameters(prefix);
	const latitude = readParameter(latitudeSchema, values, names.latitude, problems);
	const longitude = readParameter(longitudeSchema, values, names.longitude, problems);
	const name = readOptional(label, values, names.name, problems);
	const address = readOptional(label, values, names.address, problems);
	if (latitude === undefined || longitude === undefined) return null;
	return { latitude, longitude, name, address };
}

/** The optional members of a place, in the wire form. */
export const placeLabels = ({ name, address }: Place): { name?: string; address?: string } => ({
	...(name === undefined ? {} : { name }),
	...(address === undefined ? {} : { address }),
});

/**
 * A pin on the map.
 * https://developers.facebook.com/docs/whatsapp/cloud-api/messages/location-messages
 */
export const location = defineMessage({
	fields: locationFields(),
	schema: rowOf((values, problems) => readLocation(values, '', problems) ?? z.NEVER),
	build: (place) => ({
		type: 'location',
		location: { latitude: place.latitude, longitude: place.longitude, ...placeLabels(place) },
	}),
});
