export { handleUpload as POST } from '#server/file-requests';
