export default function Topic({ courseId }: { courseId: string; topicId?: string }) { return courseId }
