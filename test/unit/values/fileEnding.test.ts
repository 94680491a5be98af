import { endingOf, normaliseMimeType } from '../../../nodes/WhatsAppCloud/values/files/fileEnding';

test.each([
	['Audio/OGG; codecs=opus', 'audio/ogg'],
	['audio/mp3', 'audio/mpeg'],
	['image/jpg', 'image/jpeg'],
	['', ''],
])('%s is the same as %s', (given, normal) => expect(normaliseMimeType(given)).toBe(normal));

test.each([
	['image/jpeg', 'jpg'],
	['audio/ogg; codecs=opus', 'ogg'],
	['audio/mpeg', 'mp3'],
	['text/plain', 'txt'],
	['application/vnd.openxmlformats-officedocument.wordprocessingml.document', 'docx'],
	['image/gif', 'gif'],
	['application/octet-stream', undefined],
	['', undefined],
])('the extension for %s is %s', (mimeType, ending) => expect(endingOf(mimeType)).toBe(ending));
