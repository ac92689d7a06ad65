export { handleApiRequest as GET, handleApiRequest as POST } from '#server/trpc/http-handler';
