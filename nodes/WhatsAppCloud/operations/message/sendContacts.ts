import { contacts } from '../../messages/contacts/contacts';
import { sendOperation } from './send';

export const sendContacts = sendOperation({
	name: 'Send Contacts',
	action: 'Send contacts',
	description: 'Send contact cards with names, numbers and addresses',
	message: contacts,
});
