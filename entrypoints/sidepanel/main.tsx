import { mountPage } from '@/components/mount';

mountPage('sidepanel');
