import { mountPage } from '@/components/mount';

mountPage('tab');
