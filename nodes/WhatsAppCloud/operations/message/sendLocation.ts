import { location } from '../../messages/location';
import { sendOperation } from './send';

export const sendLocation = sendOperation({
	name: 'Send Location',
	action: 'Send location',
	description: 'Send a place that opens on a map',
	message: location,
});
